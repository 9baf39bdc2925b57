package dev.breakwater.desktop.machine;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.RpoHistory;
import dev.breakwater.desktop.door.Door;
import java.io.IOException;

/// Asks for a machine's RPO over a day.
///
/// @param machine its identity
public record RpoOf(String machine) implements Door.Question<RpoHistory> {

    @Override
    public RpoHistory put(AdminClient engine) throws IOException, InterruptedException {
        return engine.rpoHistory(machine);
    }
}
