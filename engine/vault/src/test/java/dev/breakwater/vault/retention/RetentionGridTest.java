package dev.breakwater.vault.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The retention grid")
class RetentionGridTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Hardware HARDWARE = new Hardware(Hardware.Firmware.BIOS, 1, 1L << 30, List.of(), List.of());

    private static RecoveryPoint point(long slot, Instant time, PointType type) {
        return new RecoveryPoint(
                new PointId(new UUID(4, slot)),
                new MachineId(new UUID(4, 1)),
                slot,
                time,
                type,
                HARDWARE,
                0,
                0,
                0,
                List.of());
    }

    /// Takes a point every five minutes and prunes each time.
    private static List<RecoveryPoint> live(Duration retention, Duration forTime) {
        List<RecoveryPoint> points = new ArrayList<>();
        RetentionGrid grid = new RetentionGrid(retention);
        long slot = 0;
        for (Duration at = Duration.ZERO; at.compareTo(forTime) <= 0; at = at.plusMinutes(5)) {
            Instant now = START.plus(at);
            slot++;
            points.add(
                    point(slot, now, slot % 12 == 5 ? PointType.APPLICATION_CONSISTENT : PointType.CRASH_CONSISTENT));
            Set<Long> expired = grid.expired(points, now);
            points.removeIf(point -> expired.contains(point.slot()));
        }
        return points;
    }

    private static long countByAge(
            List<RecoveryPoint> points, Instant now, Duration from, Duration to, PointType type) {
        return points.stream()
                .filter(point -> point.type() == type)
                .filter(point -> {
                    Duration age = Duration.between(point.time(), now);
                    return age.compareTo(from) > 0 && age.compareTo(to) <= 0;
                })
                .count();
    }

    @ParameterizedTest(name = "retention {0} h: {3} points between {1} h and {2} h")
    @CsvSource({
        "24, -1, 2, 23",
        "24, 2, 24, 22",
        "24, 24, 400, 0",
        "72, 2, 72, 35",
        "72, 72, 400, 0",
        "360, 2, 168, 83",
        "360, 168, 360, 48",
        "360, 360, 400, 0",
        "0, -1, 400, 1",
    })
    @DisplayName("keeps as many points of each age as Azure Site Recovery")
    void keepsTheGrid(int retentionHours, int fromHours, int toHours, int expected) {
        Duration time = Duration.ofDays(17).plusMinutes(5);
        List<RecoveryPoint> points = live(Duration.ofHours(retentionHours), time);
        long found = countByAge(
                points,
                START.plus(time),
                Duration.ofHours(fromHours),
                Duration.ofHours(toHours),
                PointType.CRASH_CONSISTENT);
        assertThat(found).isBetween(expected - 1L, expected + 1L);
    }

    @Test
    @DisplayName("keeps application-consistent points on the same grid beside the crash-consistent ones")
    void applicationConsistentPointsHaveTheirOwnGrid() {
        Duration time = Duration.ofDays(2);
        List<RecoveryPoint> points = live(Duration.ofHours(24), time);
        long kept = countByAge(
                points, START.plus(time), Duration.ofHours(2), Duration.ofHours(24), PointType.APPLICATION_CONSISTENT);
        assertThat(kept).isBetween(21L, 23L);
    }

    @Test
    @DisplayName("prunes nothing more when asked again, and never the newest point")
    void isStable() {
        List<RecoveryPoint> points = live(Duration.ofDays(15), Duration.ofDays(16));
        RetentionGrid grid = new RetentionGrid(Duration.ofDays(15));
        assertThat(grid.expired(points, points.getLast().time())).isEmpty();
        Instant muchLater = START.plus(Duration.ofDays(400));
        assertThat(grid.expired(points, muchLater))
                .hasSize(points.size() - 1)
                .doesNotContain(points.getLast().slot());
    }
}
