package dev.breakwater.processserver.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.BandwidthSchedule;
import dev.breakwater.platform.Threads;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long PORTION = 128 << 10;

    private final HandClock time = new HandClock(Instant.parse("2026-11-23T05:00:00Z"));
    private final Throttle throttle = new Throttle(time::instant, time);

    @Test
    @DisplayName("through a simulated day no second gives more than the hour's limit, and the limit is used up")
    void day() {
        throttle.schedule(BandwidthSchedule.parse("Mo-Fr 08:00-18:00 2MB/s; Mo-Fr 12:00-13:00 500kB/s", BERLIN));
        long[] given = new long[24];
        for (int second = 0; second < 16 * 3600; second++) {
            // As sessions do: one portion waits at a time, and whoever got one asks for the next.
            for (int sessions = 0; sessions < 40 && due(); sessions++) {
                given[time.instant().atZone(BERLIN).getHour()] += PORTION;
            }
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(given[7]).as("before the schedule, as many as ask").isEqualTo(3600 * 40 * PORTION);
        assertThat(given[19]).as("after it").isEqualTo(3600 * 40 * PORTION);
        for (int hour : new int[] {8, 9, 10, 11, 13, 14, 15, 16, 17}) {
            assertThat(given[hour]).as("hour " + hour).isBetween(3_595L * 2_000_000, 3_605L * 2_000_000);
        }
        assertThat(given[12]).isBetween(3_590L * 500_000, 3_610L * 500_000);
    }

    private Long reserved;

    private boolean due() {
        if (reserved == null) {
            reserved = throttle.reserve(PORTION);
        }
        if (throttle.due(reserved)) {
            reserved = null;
            return true;
        }
        return false;
    }

    @Test
    @DisplayName("machines get credit in the order in which they asked for it")
    void order() {
        throttle.schedule(BandwidthSchedule.parse("daily 00:00-24:00 1MB/s", BERLIN));
        List<Long> times = new ArrayList<>();
        for (int machine = 0; machine < 50; machine++) {
            times.add(throttle.reserve(1_000_000));
        }
        assertThat(times).isSorted().doesNotHaveDuplicates();
        assertThat(times.getLast() - time.nanos())
                .as("fifty megabytes at one per second, the first at once")
                .isEqualTo(Duration.ofSeconds(49).toNanos());
    }

    @Test
    @DisplayName("when the limit ends whoever waits goes on at once, and a new limit does not remember old debts")
    void end() {
        throttle.schedule(BandwidthSchedule.parse("Mo 06:00-07:00 64kB/s", BERLIN));
        assertThat(throttle.due(throttle.reserve(16 << 20)))
                .as("what was saved up")
                .isTrue();
        long far = throttle.reserve(16 << 20);
        assertThat(throttle.due(far)).isFalse();
        assertThat(throttle.active()).hasValueSatisfying(active -> {
            assertThat(active.bytesPerSecond()).isEqualTo(64_000);
            assertThat(active.until()).isEqualTo(Instant.parse("2026-11-23T06:00:00Z"));
        });
        time.advance(Duration.ofHours(1));
        assertThat(throttle.active()).isEmpty();
        assertThat(throttle.due(far)).isTrue();
        throttle.schedule(BandwidthSchedule.parse("daily 00:00-24:00 64kB/s", BERLIN));
        assertThat(throttle.due(throttle.reserve(1))).isTrue();
    }

    /// Time that moves when it is told to.
    private static final class HandClock implements Threads {

        private final Instant start;
        private long nanos;

        HandClock(Instant start) {
            this.start = start;
        }

        Instant instant() {
            return start.plusNanos(nanos);
        }

        void advance(Duration by) {
            nanos += by.toNanos();
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public ThreadFactory background(String prefix) {
            throw new AssertionError("no thread is needed");
        }

        @Override
        public Thread light(String name, Runnable work) {
            throw new AssertionError("no thread is needed");
        }

        @Override
        public void sleep(Duration by) {
            throw new AssertionError("nobody sleeps");
        }

        @Override
        public <T> T await(CompletableFuture<T> future, Duration atMost) {
            throw new AssertionError("nobody waits");
        }
    }
}
