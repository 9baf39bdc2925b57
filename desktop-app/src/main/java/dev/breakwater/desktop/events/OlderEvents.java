package dev.breakwater.desktop.events;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.Event;
import dev.breakwater.desktop.door.Door;
import java.io.IOException;
import java.util.List;

/// Asks for events before one, newest first.
///
/// @param before number of that one; the largest number for the newest of all
/// @param most how many at once
public record OlderEvents(long before, int most) implements Door.Question<List<Event>> {

    /// The newest of all.
    public static OlderEvents newest() {
        return new OlderEvents(Long.MAX_VALUE, EventsModel.PAGE);
    }

    @Override
    public List<Event> put(AdminClient engine) throws IOException, InterruptedException {
        return engine.eventsBefore(before, most);
    }
}
