package dev.breakwater.mobility.status;

import dev.breakwater.control.ControlJson;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.files.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the mobility service is doing.
///
/// @param running whether it runs; in the file always true
/// @param server the configuration server
/// @param machine identity
/// @param name what people call the machine
/// @param time when this was written
/// @param controlProblem why the configuration server cannot be reached; absent if it can
/// @param replication how replication is doing; absent before the first report
public record AgentStatus(
        boolean running,
        String server,
        MachineId machine,
        String name,
        @Nullable Instant time,
        @Nullable String controlProblem,
        @Nullable MachineStatus replication) {

    /// Writes the file.
    public void write(Path file) throws IOException {
        SecretFile.write(file, ControlJson.mapper().writeValueAsBytes(this));
    }

    /// Reads the file, if there is one.
    ///
    /// @throws IOException if it cannot be understood
    public static Optional<AgentStatus> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(ControlJson.read(file, AgentStatus.class)) : Optional.empty();
    }

    /// The same of a service that does not run.
    public AgentStatus stopped() {
        return new AgentStatus(false, server, machine, name, time, controlProblem, replication);
    }
}
