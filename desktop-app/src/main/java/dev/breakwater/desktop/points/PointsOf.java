package dev.breakwater.desktop.points;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.desktop.door.Door;
import dev.breakwater.model.RecoveryPoint;
import java.io.IOException;
import java.util.List;

/// Asks for a machine's recovery points, oldest first.
///
/// @param machine its identity
public record PointsOf(String machine) implements Door.Question<List<RecoveryPoint>> {

    @Override
    public List<RecoveryPoint> put(AdminClient engine) throws IOException, InterruptedException {
        return engine.points(machine);
    }
}
