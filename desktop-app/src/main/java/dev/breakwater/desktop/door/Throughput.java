package dev.breakwater.desktop.door;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.processserver.ProcessServerHealth.MachineTraffic;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How much flows at an instant, bytes per second, over the whole site. A figure that nobody told is absent, never 0.
///
/// @param at when, by this computer's clock
/// @param source what the mobility services send
/// @param link what the process servers receive
/// @param vault what the process servers upload to the vault
public record Throughput(
        Instant at,
        @Nullable Long source,
        @Nullable Long link,
        @Nullable Long vault) {

    static Throughput of(Instant at, List<MachineView> machines, List<ProcessServerView> servers) {
        return new Throughput(
                at,
                sum(machines.stream()
                        .map(MachineView::status)
                        .filter(Objects::nonNull)
                        .map(status -> status.bytesPerSecond())
                        .toList()),
                sum(servers.stream()
                        .map(ProcessServerView::figures)
                        .filter(Objects::nonNull)
                        .map(figures -> figures.machines().stream()
                                .mapToLong(MachineTraffic::bytesPerSecond)
                                .sum())
                        .toList()),
                sum(servers.stream()
                        .map(ProcessServerView::figures)
                        .filter(Objects::nonNull)
                        .map(figures -> figures.uploadBytesPerSecond())
                        .filter(Objects::nonNull)
                        .toList()));
    }

    /// Whether nothing is known to flow.
    boolean isStill() {
        return isStill(source) && isStill(link) && isStill(vault);
    }

    private static boolean isStill(@Nullable Long rate) {
        return rate == null || rate == 0;
    }

    private static @Nullable Long sum(List<Long> told) {
        return told.isEmpty()
                ? null
                : (Long) told.stream().mapToLong(Long::longValue).sum();
    }
}
