package dev.breakwater.desktop.infrastructure;

import dev.breakwater.control.admin.EngineStatus;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ProcessServerHealth.MachineTraffic;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.estate.MachineHealth;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page of servers shows.
///
/// @param engine the configuration server
/// @param uptime since it started
/// @param servers process servers, the worst first, then by name
record InfrastructureModel(EngineStatus engine, Duration uptime, List<Server> servers) {

    /// Past this a server is long silent: it tells its figures each 30 s.
    private static final Duration SILENT = Duration.ofMinutes(2);

    InfrastructureModel {
        servers = List.copyOf(servers);
    }

    static InfrastructureModel of(Figures figures) {
        Duration up = Duration.between(figures.status().startedAt(), figures.takenAt());
        return new InfrastructureModel(
                figures.status(),
                up.isNegative() ? Duration.ZERO : up,
                figures.processServers().stream()
                        .map(server -> Server.of(server, figures))
                        .sorted((one, other) -> {
                            int worse = one.health().compareTo(other.health());
                            return worse != 0
                                    ? worse
                                    : one.view().name().compareTo(other.view().name());
                        })
                        .toList());
    }

    /// The health of a server or of all, as machines have it.
    static MachineHealth health(Health health) {
        return switch (health) {
            case NORMAL -> MachineHealth.HEALTHY;
            case WARNING -> MachineHealth.WARNING;
            case CRITICAL -> MachineHealth.CRITICAL;
        };
    }

    /// A process server. A figure that it did not tell is absent, never 0.
    ///
    /// @param health unknown if it has told nothing yet
    /// @param silentFor since it was heard; absent if that is not long, or it never was
    /// @param processor load, 0 to 1
    /// @param memory in use, 0 to 1
    /// @param cache in use, 0 to 1
    /// @param received bytes per second from all its machines
    /// @param connected machines connected now
    record Server(
            ProcessServerView view,
            MachineHealth health,
            @Nullable Duration silentFor,
            @Nullable Double processor,
            @Nullable Double memory,
            @Nullable Double cache,
            @Nullable Long received,
            @Nullable Long connected) {

        static Server of(ProcessServerView view, Figures figures) {
            ProcessServerHealth told = view.figures();
            Duration silence =
                    view.lastHeartbeat() == null ? null : Duration.between(view.lastHeartbeat(), figures.takenAt());
            return new Server(
                    view,
                    told == null && view.health() == Health.NORMAL
                            ? MachineHealth.UNKNOWN
                            : InfrastructureModel.health(view.health()),
                    silence == null || silence.compareTo(SILENT) < 0 ? null : silence,
                    told == null ? null : share(told.cpuPercent()),
                    told == null ? null : share(told.memoryPercent()),
                    told == null ? null : (Double) (1 - told.cacheFreePercent() / 100),
                    told == null
                            ? null
                            : (Long) told.machines().stream()
                                    .mapToLong(MachineTraffic::bytesPerSecond)
                                    .sum(),
                    told == null
                            ? null
                            : (Long) told.machines().stream()
                                    .filter(MachineTraffic::connected)
                                    .count());
        }

        private static @Nullable Double share(@Nullable Double percent) {
            return percent == null ? null : (Double) (percent / 100);
        }
    }
}
