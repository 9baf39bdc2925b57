package dev.breakwater.mobility.service;

import dev.breakwater.mobility.capture.PointRequest;
import dev.breakwater.mobility.consistency.FrozenCommand;
import dev.breakwater.mobility.replication.ReplicationPorts;
import dev.breakwater.model.PointType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes requests for points: with the machine's hooks for application-consistent ones, and with the command that the
/// administrator gave.
///
/// @param hooks folder with the programs `before-freeze` and `after-thaw`; both are optional
public record HookedPoints(Path hooks) implements ReplicationPorts.PointRequests {

    @Override
    public boolean applicationConsistent() {
        return hook("before-freeze") != null;
    }

    @Override
    public PointRequest request(PointType type, @Nullable String runFrozen, Duration timeout) {
        boolean application = type == PointType.APPLICATION_CONSISTENT && applicationConsistent();
        var request = new PointRequest(
                application ? PointType.APPLICATION_CONSISTENT : PointType.CRASH_CONSISTENT,
                application ? hook("before-freeze") : null,
                application ? hook("after-thaw") : null,
                null,
                timeout);
        return runFrozen == null || runFrozen.isBlank()
                ? request
                : request.whileFrozen(new FrozenCommand(runFrozen, timeout), timeout);
    }

    private @Nullable String hook(String name) {
        Path program = hooks.resolve(name).toAbsolutePath();
        return Files.isExecutable(program) ? "'" + program.toString().replace("'", "'\\''") + "'" : null;
    }
}
