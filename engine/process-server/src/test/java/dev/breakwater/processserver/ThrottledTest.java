package dev.breakwater.processserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.wire.Protocol;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process server with a limit")
class ThrottledTest {

    private static final long LIMIT = 8_000_000;

    /// The largest window of a machine, and what the throttle saves up in a second.
    private static final long AHEAD = (16 << 20) + LIMIT;

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void begin() throws Exception {
        site = new Site(folder);
    }

    @AfterEach
    void end() throws Exception {
        site.stop();
    }

    @Test
    @DisplayName(
            "gives a machine no more than window and limit allow, says so, closes its point, and lets go when it is lifted")
    void limits() throws Exception {
        Site.Machine machine = site.new Machine(64 << 20);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.control.order(limited(machine, new ThrottleSetting("daily 00:00-24:00 8MB/s", "Europe/Berlin")));
        try (Link link = Link.connect(server, machine)) {
            long began = System.nanoTime();
            send(link, 32 << 20);
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(32 << 20).as("bytes within " + seconds + " s").isLessThan((int) (AHEAD + LIMIT * seconds));
            link.point();
            assertThat(link.awaitDurable().point()).isPresent();

            ProcessServerHealth health = awaitHealth("that it is throttled", report -> report.throttle() != null);
            assertThat(health.throttle().bytesPerSecond()).isEqualTo(LIMIT);
            assertThat(health.throttle().until()).isNull();

            site.control.order(limited(machine, null));
            awaitHealth(
                    "that nobody is held back any more",
                    report -> report.throttle() == null
                            && !report.machines().getFirst().heldBack());
            send(link, 64 << 20);
            link.point();
            assertThat(link.awaitDurable().point()).isPresent();
        }
    }

    private Assignments limited(Site.Machine machine, ThrottleSetting setting) {
        Assignments usual = site.assignments(machine);
        return new Assignments(usual.version(), usual.vault(), usual.machines(), setting);
    }

    private static void send(Link link, int bytes) throws Exception {
        for (int sent = 0; sent < bytes; sent += Protocol.MAX_DATA_BYTES) {
            link.write(sent, Protocol.MAX_DATA_BYTES);
        }
    }

    private ProcessServerHealth awaitHealth(String what, Predicate<ProcessServerHealth> wanted) throws Exception {
        for (int reports = 0; reports < 100; reports++) {
            ProcessServerHealth health = site.control.healths.poll(20, TimeUnit.SECONDS);
            assertThat(health).as("a health report that says " + what).isNotNull();
            if (wanted.test(health)) {
                return health;
            }
        }
        throw new AssertionError("None of 100 health reports said " + what);
    }
}
