package dev.breakwater.processserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.model.PointId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.processserver.ProcessServerSettings.Rhythm;
import dev.breakwater.vault.reading.MachineReader;
import dev.breakwater.wire.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process server with many machines")
@Timeout(120)
class BusyProcessServerTest {

    private static final int BIG_BYTES = 32 << 20;
    private static final int SMALL_BYTES = 1 << 20;
    private static final int SMALL_MACHINES = 20;

    /// So many that a log opened anew each time would make several times as many calls.
    private static final int LOOKS = 6;

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
    @DisplayName("makes the points of twenty machines durable while one more sends without a pause")
    void nobodyStarves() throws Exception {
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        List<Site.Machine> machines = new ArrayList<>();
        for (int i = 0; i < SMALL_MACHINES; i++) {
            machines.add(site.new Machine(SMALL_BYTES));
        }
        Site.Machine big = site.new Machine(BIG_BYTES);
        machines.add(big);
        site.assign(machines.toArray(Site.Machine[]::new));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong sent = new AtomicLong();
        Link flood = Link.connect(server, big);
        Thread sender = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; !stop.get(); i++) {
                    flood.write((int) ((long) i * Protocol.MAX_DATA_BYTES % BIG_BYTES), Protocol.MAX_DATA_BYTES);
                    sent.addAndGet(Protocol.MAX_DATA_BYTES);
                    if (i % 128 == 127) {
                        flood.partial();
                    }
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        List<Link> links = new ArrayList<>();
        for (Site.Machine machine : machines.subList(0, SMALL_MACHINES)) {
            links.add(Link.connect(server, machine));
        }
        for (int round = 0; round < 2; round++) {
            List<PointId> points = new ArrayList<>();
            for (Link link : links) {
                link.write(round * 8192, 8192);
                points.add(link.point());
            }
            for (int i = 0; i < links.size(); i++) {
                assertThat(links.get(i).awaitDurable().point()).contains(points.get(i));
            }
        }
        assertThat(sender.isAlive()).as("the flood goes on").isTrue();
        assertThat(sent.get()).isPositive();
        stop.set(true);
        sender.join();
        PointId last = flood.point();
        while (flood.awaitDurable().point().isEmpty()) {
            assertThat(flood.ends).isEmpty();
        }
        assertThat(big.contentAt(last)).isEqualTo(flood.content);
        links.forEach(Link::close);
        flood.close();
    }

    @Test
    @DisplayName("looks after a machine's log by itself: checkpoints appear, every point stays exact")
    void maintenance() throws Exception {
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        Site.Machine machine = site.new Machine(SMALL_BYTES);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            List<PointId> points = new ArrayList<>();
            List<byte[]> contents = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                link.write(i * 12288, 16384);
                points.add(link.point());
                contents.add(link.content.clone());
                link.awaitDurable();
            }
            await(() -> !site.store.list("checkpoints/", "", 10).isEmpty());
            for (int i = 0; i < points.size(); i++) {
                assertThat(machine.contentAt(points.get(i))).isEqualTo(contents.get(i));
            }
        }
    }

    @Test
    @DisplayName("keeps points by a machine's new policy from then on, on the connection that there is")
    void anotherPolicy() throws Exception {
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        Site.Machine machine = site.new Machine(SMALL_BYTES);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            List<PointId> old = List.of(durable(link), durable(link), durable(link));
            assertThat(points(machine)).isEqualTo(old);
            machine.policy = new ReplicationPolicy(
                    "newest", Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO);
            site.assign(machine);
            PointId newest = durable(link);
            // Points go with the next checkpoint, which is due after some of them.
            for (int i = 0; i < 8; i++) {
                newest = durable(link);
            }
            await(() -> points(machine).stream().noneMatch(old::contains));
            assertThat(points(machine)).contains(newest);
            assertThat(machine.contentAt(newest)).isEqualTo(link.content);
            assertThat(link.ends).isEmpty();
        }
    }

    private static PointId durable(Link link) throws Exception {
        link.write(0, 16384);
        PointId point = link.point();
        link.awaitDurable();
        return point;
    }

    private static List<PointId> points(Site.Machine machine) throws Exception {
        try (MachineReader reader = machine.reader()) {
            return reader.points().stream().map(RecoveryPoint::id).toList();
        }
    }

    @Test
    @DisplayName(
            "remembers what it has seen of a log: a look at one to which nothing came is a single call to the store")
    void looksAreCheap() throws Exception {
        Rhythm oftenWhenIdle = new Rhythm(
                Duration.ofMillis(200),
                Duration.ofMillis(600),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ofSeconds(5));
        Site.Running server = site.start(Site.SMALL_UPLOADS, site.control, oftenWhenIdle);
        Site.Machine machine = site.new Machine(SMALL_BYTES);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            for (int i = 0; i < 12; i++) {
                link.write(i * 12288, 16384);
                link.point();
                link.awaitDurable();
            }
            await(() -> !site.store.list("checkpoints/", "", 10).isEmpty());
            awaitRuns(2);
            int calls = site.store.calls.get();
            long runs = awaitRuns(LOOKS);
            // The first and the last may be counted on one side only.
            assertThat(site.store.calls.get() - calls).isBetween(LOOKS - 1, (int) runs + 1);
        }
    }

    /// Waits for so many more runs of maintenance.
    ///
    /// @return how many there were
    private long awaitRuns(int count) throws InterruptedException {
        site.control.healths.clear();
        long first = runs();
        long now = first;
        while (now < first + count) {
            now = runs();
        }
        return now - first;
    }

    private long runs() throws InterruptedException {
        ProcessServerHealth health = site.control.healths.poll(30, TimeUnit.SECONDS);
        assertThat(health).as("a report within thirty seconds").isNotNull();
        return health.counts().maintenanceRuns();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.holds()) {
            assertThat(System.nanoTime())
                    .as("it came to pass within thirty seconds")
                    .isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
