package dev.breakwater.desktop.events;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.Event;
import dev.breakwater.desktop.door.Door;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for events after one, oldest first.
///
/// @param machine only events about it; all if absent
/// @param after number of that one
public record NewerEvents(@Nullable String machine, long after) implements Door.Question<List<Event>> {

    @Override
    public List<Event> put(AdminClient engine) throws IOException, InterruptedException {
        return machine == null ? engine.events(after) : engine.eventsOf(machine, after);
    }
}
