package dev.breakwater.configurationserver.replication;

import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What peers tell every few seconds. Kept in memory only: after a restart they tell it again.
public final class LiveStatus {

    /// A machine as last heard.
    ///
    /// @param at when
    /// @param ordersCarriedOut version of the orders that it has taken
    /// @param status what it told, if it did
    /// @param ahead by how much its clock was ahead of this server's then, negative if behind; null if unknown
    public record MachineHeard(
            Instant at,
            long ordersCarriedOut,
            @Nullable MachineStatus status,
            @Nullable Duration ahead) {}

    /// A process server as last heard.
    ///
    /// @param at when
    /// @param health what it told
    public record ServerHeard(Instant at, ProcessServerHealth health) {}

    private final Map<MachineId, MachineHeard> machines = new ConcurrentHashMap<>();
    private final Map<ProcessServerId, ServerHeard> servers = new ConcurrentHashMap<>();

    /// A machine asks for orders newer than those of that version.
    public void carriedOut(MachineId machine, long version, Instant at) {
        machines.merge(
                machine,
                new MachineHeard(at, version, null, null),
                (old, fresh) ->
                        new MachineHeard(at, Math.max(old.ordersCarriedOut(), version), old.status(), old.ahead()));
    }

    /// A machine told its status.
    public void told(MachineId machine, MachineStatus status, Instant at) {
        Duration ahead = status.clock() == null ? null : Duration.between(at, status.clock());
        machines.merge(
                machine,
                new MachineHeard(at, 0, status, ahead),
                (old, fresh) -> new MachineHeard(at, old.ordersCarriedOut(), status, ahead));
    }

    /// A process server told its health.
    public void told(ProcessServerId server, ProcessServerHealth health, Instant at) {
        servers.put(server, new ServerHeard(at, health));
    }

    /// The machine as last heard since this server started.
    public Optional<MachineHeard> machine(MachineId machine) {
        return Optional.ofNullable(machines.get(machine));
    }

    /// The process server as last heard since this server started.
    public Optional<ServerHeard> server(ProcessServerId server) {
        return Optional.ofNullable(servers.get(server));
    }

    /// The machine is gone.
    public void forget(MachineId machine) {
        machines.remove(machine);
    }
}
