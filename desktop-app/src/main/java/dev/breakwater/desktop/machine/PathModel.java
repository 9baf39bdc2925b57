package dev.breakwater.desktop.machine;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.machine.MachineState;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.control.processserver.ProcessServerHealth;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The way of a machine's data into the vault.
///
/// @param source how the machine does
/// @param server how its process server does
/// @param vault how the vault does, as the process server sees it
/// @param points how its recovery points do
/// @param sent what the machine sends, bytes per second
/// @param uploaded what the process server uploads for all its machines, bytes per second
/// @param waiting what the machine still has to send, bytes
/// @param cacheFree free share of the process server's cache, 0 to 1
/// @param drain how long the upload of what the process server holds takes
/// @param bottleneck what holds everything up
record PathModel(
        Hop source,
        Hop server,
        Hop vault,
        Hop points,
        @Nullable Long sent,
        @Nullable Long uploaded,
        @Nullable Long waiting,
        @Nullable Double cacheFree,
        @Nullable Duration drain,
        Bottleneck bottleneck) {

    /// Silence of a process server after which its figures say nothing of now; it tells them each 30 s.
    private static final Duration SILENT = Duration.ofMinutes(2);

    /// Longer uploads than this are a warning of the engine too.
    private static final Duration SLOW_DRAIN = Duration.ofMinutes(30);

    /// How a part of the way does.
    enum Hop {
        WELL,
        SLOW,
        TROUBLE,
        UNKNOWN
    }

    /// What holds replication up, nearest to the source first.
    enum Bottleneck {
        SOURCE_BLOCKED,
        SERVER_AWAY,
        VAULT_AWAY,
        THROTTLE,
        UPLOAD,
        NONE
    }

    /// A machine's way.
    ///
    /// @param server its process server, if it has one
    /// @param limit RPO threshold of its policy
    static PathModel of(
            MachineView machine, @Nullable ProcessServerView server, @Nullable Duration limit, Instant now) {
        MachineStatus status = machine.status();
        ProcessServerHealth figures = server == null || silent(server, now) ? null : server.figures();
        Bottleneck bottleneck = bottleneck(machine, status, figures);
        Long drain = figures == null ? null : figures.drainSeconds();
        return new PathModel(
                status == null ? Hop.UNKNOWN : status.state() == MachineState.BLOCKED ? Hop.TROUBLE : Hop.WELL,
                server(server, figures, bottleneck),
                vault(figures, bottleneck),
                points(machine.rpoSeconds(), limit),
                status == null ? null : (Long) status.bytesPerSecond(),
                figures == null ? null : figures.uploadBytesPerSecond(),
                status == null ? null : (Long) waiting(status),
                figures == null ? null : (Double) (figures.cacheFreePercent() / 100),
                drain == null ? null : Duration.ofSeconds(drain),
                bottleneck);
    }

    private static boolean silent(ProcessServerView server, Instant now) {
        Instant heard = server.lastHeartbeat();
        return heard == null || Duration.between(heard, now).compareTo(SILENT) > 0;
    }

    private static long waiting(MachineStatus status) {
        long dirty = status.disks().stream()
                .mapToLong(MachineStatus.DiskProgress::dirtyBytes)
                .sum();
        return Math.max(dirty, status.spoolBytes());
    }

    private static Bottleneck bottleneck(
            MachineView machine, @Nullable MachineStatus status, @Nullable ProcessServerHealth figures) {
        if (status != null && status.state() == MachineState.BLOCKED) {
            return Bottleneck.SOURCE_BLOCKED;
        }
        if (status != null && status.state() == MachineState.SPOOLING) {
            return Bottleneck.SERVER_AWAY;
        }
        if (figures == null) {
            return Bottleneck.NONE;
        }
        if (!figures.vaultReachable()) {
            return Bottleneck.VAULT_AWAY;
        }
        if (figures.machines().stream()
                .anyMatch(traffic -> traffic.machine().equals(machine.id()) && traffic.heldBack())) {
            return Bottleneck.THROTTLE;
        }
        return slow(figures) ? Bottleneck.UPLOAD : Bottleneck.NONE;
    }

    private static boolean slow(ProcessServerHealth figures) {
        Long drain = figures.drainSeconds();
        return drain != null && drain > SLOW_DRAIN.toSeconds();
    }

    private static Hop server(
            @Nullable ProcessServerView server, @Nullable ProcessServerHealth figures, Bottleneck bottleneck) {
        if (bottleneck == Bottleneck.SERVER_AWAY) {
            return Hop.TROUBLE;
        }
        if (server == null || figures == null) {
            return Hop.UNKNOWN;
        }
        return switch (server.health()) {
            case CRITICAL -> Hop.TROUBLE;
            case WARNING -> Hop.SLOW;
            case NORMAL -> bottleneck == Bottleneck.THROTTLE ? Hop.SLOW : Hop.WELL;
        };
    }

    private static Hop vault(@Nullable ProcessServerHealth figures, Bottleneck bottleneck) {
        if (figures == null) {
            return Hop.UNKNOWN;
        }
        return bottleneck == Bottleneck.VAULT_AWAY ? Hop.TROUBLE : slow(figures) ? Hop.SLOW : Hop.WELL;
    }

    private static Hop points(@Nullable Long rpo, @Nullable Duration limit) {
        if (rpo == null) {
            return Hop.UNKNOWN;
        }
        return limit != null && rpo > limit.toSeconds() ? Hop.TROUBLE : Hop.WELL;
    }

    /// Whether data move on the first part of the way.
    boolean flows() {
        return sent != null && sent > 0;
    }

    /// Whether data move from the process server into the vault.
    boolean uploads() {
        return uploaded != null && uploaded > 0;
    }
}
