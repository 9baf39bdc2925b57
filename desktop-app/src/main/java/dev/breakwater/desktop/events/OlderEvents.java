package dev.breakwater.desktop.events;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.Event;
import dev.breakwater.desktop.door.Door;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for events before one, newest first.
///
/// @param machine only events about it; all if absent
/// @param before number of that one; the largest number for the newest of all
/// @param most how many at once
public record OlderEvents(@Nullable String machine, long before, int most) implements Door.Question<List<Event>> {

    /// The newest.
    public static OlderEvents newest(@Nullable String machine) {
        return new OlderEvents(machine, Long.MAX_VALUE, EventsModel.PAGE);
    }

    @Override
    public List<Event> put(AdminClient engine) throws IOException, InterruptedException {
        return machine == null ? engine.eventsBefore(before, most) : engine.eventsOf(machine, before, most);
    }
}
