package dev.breakwater.processserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.control.processserver.DurableReport.DurableSlot;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.PointId;
import dev.breakwater.vault.reading.MachineReader;
import dev.breakwater.wire.Message.Durable;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.RefusalCode;
import dev.breakwater.wire.transport.RefusedException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process server")
@Timeout(60)
class ProcessServerTest {

    private static final int DISK_BYTES = 8 << 20;

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

    private static <T> T next(java.util.concurrent.BlockingQueue<T> queue) throws InterruptedException {
        T found = queue.poll(20, TimeUnit.SECONDS);
        assertThat(found).as("nothing came within twenty seconds").isNotNull();
        return found;
    }

    @Test
    @DisplayName("makes points durable whose disks equal the machine's, byte for byte")
    void exactPoints() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            for (int offset = 0; offset < DISK_BYTES; offset += Protocol.MAX_DATA_BYTES) {
                link.write(offset, Protocol.MAX_DATA_BYTES);
            }
            link.writeCompressed(3 << 19, Protocol.MAX_DATA_BYTES);
            PointId first = link.point();
            byte[] then = link.content.clone();
            link.write(4096, 4096);
            link.zero(1 << 20, 1 << 20);
            link.write((1 << 20) + 8192, 12288);
            link.writeCompressed(3 << 20, 131_072);
            link.write((3 << 20) + 4096, 4096);
            PointId second = link.point();
            assertThat(link.awaitDurable()).isEqualTo(new Durable(1, 1, Optional.of(first)));
            assertThat(link.awaitDurable()).isEqualTo(new Durable(2, 2, Optional.of(second)));
            assertThat(machine.contentAt(first)).isEqualTo(then);
            assertThat(machine.contentAt(second)).isEqualTo(link.content);
            DurableSlot report = next(site.control.durables);
            assertThat(report.point()).isNotNull();
            assertThat(report.point().id()).isEqualTo(first);
            assertThat(report.receivedBytes()).isEqualTo(DISK_BYTES + Protocol.MAX_DATA_BYTES);
            assertThat(next(site.control.durables).point().changedBytes()).isEqualTo(4096 + (1 << 20) + 131_072);
        }
    }

    @Test
    @DisplayName("ends the connection over a compressed piece that is none, and keeps nothing of its generation")
    void falselyCompressed() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        PointId sound;
        byte[] then;
        try (Link link = Link.connect(server, machine)) {
            link.writeCompressed(0, 131_072);
            sound = link.point();
            link.awaitDurable();
            then = link.content.clone();
            link.write(4096, 4096);
            link.connection.data(0, 1 << 20, 131_072, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            link.point();
            assertThat(link.awaitEnd())
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.PROTOCOL))
                    .hasMessageContaining("LZ4");
        }
        try (Link link = Link.connect(server, machine, then.clone(), 3)) {
            assertThat(link.connection.welcome().lastDurable().orElseThrow().point())
                    .contains(sound);
            assertThat(machine.contentAt(sound)).isEqualTo(then);
        }
    }

    @Test
    @DisplayName("fills up a last block that the disk cuts short")
    void oddDiskSize() throws Exception {
        Site.Machine machine = site.new Machine((1 << 20) + 512);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            link.write((1 << 20) - 4096, 4096 + 512);
            PointId point = link.point();
            link.awaitDurable();
            assertThat(machine.contentAt(point)).isEqualTo(link.content);
        }
    }

    @Test
    @DisplayName("tells a machine that comes back what the vault holds, and forgets the rest")
    void comesBack() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        byte[] content;
        try (Link link = Link.connect(server, machine)) {
            assertThat(link.connection.welcome().lastDurable()).isEmpty();
            link.write(0, 65536);
            link.partial();
            link.awaitDurable();
            content = link.content.clone();
            link.write(131072, 65536);
        }
        try (Link again = Link.connect(server, machine, content, 3)) {
            var last = again.connection.welcome().lastDurable().orElseThrow();
            assertThat(last.generation()).isEqualTo(1);
            assertThat(last.incarnation()).isEqualTo(machine.incarnation);
            again.write(262144, 4096);
            PointId point = again.point();
            assertThat(again.awaitDurable().slot()).isEqualTo(2);
            assertThat(machine.contentAt(point)).isEqualTo(again.content);
        }
    }

    @Test
    @DisplayName("tells of a vault that has lost durable slots, whoever knew of them, and goes on from what is left")
    void rolledBack() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        PointId first;
        byte[] then;
        try (Link link = Link.connect(server, machine)) {
            link.write(0, 65536);
            first = link.point();
            link.awaitDurable();
            then = link.content.clone();
            link.write(0, 4096);
            link.point();
            assertThat(link.awaitDurable().slot()).isEqualTo(2);
        }
        site.store.delete("points/" + machine.id + "/0000000000000002");
        try (Link again = Link.connect(server, machine, then, 3)) {
            assertThat(again.connection.welcome().lastDurable().orElseThrow().slot())
                    .isEqualTo(1);
            assertThat(next(site.control.losses)).satisfies(loss -> {
                assertThat(loss.newestSlot()).isEqualTo(1);
                assertThat(loss.knownSlot()).isEqualTo(2);
            });
            assertThat(machine.contentAt(first)).isEqualTo(then);
        }
        // Another process server, which has only the configuration server's word.
        machine.newestSlot = 7;
        var otherControl = new TestControlPlane();
        Site.Running other = site.start(Site.SMALL_UPLOADS, otherControl);
        otherControl.order(site.assignments(machine));
        try (Link again = Link.connect(other, machine, then, 3)) {
            assertThat(next(otherControl.losses).knownSlot()).isEqualTo(7);
            again.write(65536, 4096);
            PointId point = again.point();
            assertThat(again.awaitDurable().slot()).isEqualTo(2);
            assertThat(machine.contentAt(point)).isEqualTo(again.content);
        }
    }

    @Test
    @DisplayName("hands a machine over to another process server, and stops when it is fenced")
    void fenced() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running old = site.start(Site.SMALL_UPLOADS);
        var otherControl = new TestControlPlane();
        Site.Running other = site.start(Site.SMALL_UPLOADS, otherControl);
        site.assign(machine);
        otherControl.order(site.assignments(machine));
        try (Link first = Link.connect(old, machine)) {
            first.write(0, 65536);
            first.partial();
            first.awaitDurable();
            try (Link second = Link.connect(other, machine, first.content.clone(), 2)) {
                second.write(65536, 65536);
                PointId point = second.point();
                assertThat(second.awaitDurable().slot()).isEqualTo(2);
                first.write(0, 4096);
                first.point();
                assertThat(first.awaitEnd())
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                e -> assertThat(e.code()).isEqualTo(RefusalCode.FENCED));
                assertThat(machine.contentAt(point)).isEqualTo(second.content);
            }
        }
    }

    @Test
    @DisplayName("sends machines away that are not assigned, or not any more")
    void notAssigned() throws Exception {
        Site.Machine assigned = site.new Machine(DISK_BYTES);
        Site.Machine stranger = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(assigned);
        try (Link link = Link.connect(server, assigned)) {
            assertThatThrownBy(() -> stranger.client.connect(server.destination(), stranger.hello(1), link))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.NOT_ASSIGNED));
            site.assign(stranger);
            assertThat(link.awaitEnd())
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.NOT_ASSIGNED));
        }
    }

    @Test
    @DisplayName("lets a newer connection of a machine take the place of the older")
    void superseded() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link first = Link.connect(server, machine);
                Link second = Link.connect(server, machine)) {
            assertThat(first.awaitEnd())
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.SUPERSEDED));
            second.write(0, 4096);
            second.point();
            second.awaitDurable();
        }
    }

    @Test
    @DisplayName("answers with the digests of the newest durable state")
    void digests() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            link.write(1 << 20, Protocol.MAX_DATA_BYTES);
            link.partial();
            byte[] blocks = link.connection.blockDigests(0, 1).get(20, TimeUnit.SECONDS);
            byte[] regions = link.connection.digests(0, 0, 8).get(20, TimeUnit.SECONDS);
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] expected = new byte[256 * 16];
            new BlockDigester(link.connection.welcome().digestKey())
                    .digest(ByteBuffer.wrap(link.content, 1 << 20, 1 << 20), 256, expected, 0);
            assertThat(blocks).isEqualTo(expected);
            assertThat(Arrays.copyOfRange(regions, 16, 32)).isEqualTo(Arrays.copyOf(sha256.digest(expected), 16));
            assertThat(Arrays.copyOfRange(regions, 0, 16)).isEqualTo(Arrays.copyOfRange(regions, 32, 48));
        }
    }

    @Test
    @DisplayName("compares with nothing but the slot it goes on from: a slot that it read wrongly ends the connection")
    void digestsOfAnotherLog() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            link.connection.digests(0, 0, 1).get(20, TimeUnit.SECONDS);
            link.write(0, 4096);
            link.partial();
            link.awaitDurable();
            link.write(0, 4096);
            link.partial();
            link.awaitDurable();
            site.store.damageOnTheWay("points/" + machine.id + "/0000000000000002");
            CompletableFuture<byte[]> answer = link.connection.blockDigests(0, 0);
            link.awaitEnd();
            assertThat(answer).isCompletedExceptionally();
            try (Link again = Link.connect(server, machine, link.content, 3)) {
                byte[] expected = new byte[16];
                new BlockDigester(again.connection.welcome().digestKey())
                        .digest(ByteBuffer.wrap(link.content), 1, expected, 0);
                byte[] blocks = again.connection.blockDigests(0, 0).get(20, TimeUnit.SECONDS);
                assertThat(Arrays.copyOf(blocks, 16)).isEqualTo(expected);
            }
        }
    }

    @Test
    @DisplayName("stops the machine, within its bounds, while the vault takes nothing, and loses nothing")
    void slowVault() throws Exception {
        // More than a window, a segment that is being filled and the upload queue hold together: 16 + 16 + 16 MiB.
        int bytes = 64 << 20;
        Site.Machine machine = site.new Machine(bytes);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            site.store.shut();
            Thread sender = Thread.ofPlatform().start(() -> {
                try {
                    for (int offset = 0; offset < bytes; offset += Protocol.MAX_DATA_BYTES) {
                        link.write(offset, Protocol.MAX_DATA_BYTES);
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            sender.join(1000);
            assertThat(sender.isAlive()).as("the sender waits").isTrue();
            site.store.open();
            sender.join(20_000);
            assertThat(sender.isAlive()).isFalse();
            PointId point = link.point();
            link.awaitDurable();
            assertThat(machine.contentAt(point)).isEqualTo(link.content);
        }
    }

    @Test
    @DisplayName("bridges a vault that is unavailable for a while")
    void unavailableVault() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            site.store.fail(dev.breakwater.vault.blob.StoreException.Kind.UNAVAILABLE);
            for (int offset = 0; offset < 4 << 20; offset += Protocol.MAX_DATA_BYTES) {
                link.write(offset, Protocol.MAX_DATA_BYTES);
            }
            PointId point = link.point();
            assertThat(link.durables.poll(500, TimeUnit.MILLISECONDS)).isNull();
            site.store.open();
            link.awaitDurable();
            assertThat(machine.contentAt(point)).isEqualTo(link.content);
        }
    }

    @Test
    @DisplayName("goes on while the configuration server is away, and reports afterwards")
    void controlAway() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            site.control.away(true);
            link.write(0, 4096);
            PointId point = link.point();
            link.awaitDurable();
            assertThat(site.control.durables).isEmpty();
            site.control.away(false);
            assertThat(next(site.control.durables).point().id()).isEqualTo(point);
        }
    }

    @Test
    @DisplayName("tells of points that its predecessor made durable and could not report any more")
    void untold() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        var deaf = new TestControlPlane();
        Site.Running killed = site.start(Site.SMALL_UPLOADS, deaf);
        deaf.order(site.assignments(machine));
        PointId point;
        byte[] content;
        try (Link link = Link.connect(killed, machine)) {
            deaf.away(true);
            link.write(0, 4096);
            point = link.point();
            link.awaitDurable();
            content = link.content;
        }
        Site.Running successor = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link again = Link.connect(successor, machine, content, 2)) {
            DurableSlot told = next(site.control.durables);
            assertThat(told.point().id()).isEqualTo(point);
            assertThat(told.generation()).isEqualTo(1);
            assertThat(again.connection.isOpen()).isTrue();
        }
    }

    @Test
    @DisplayName("reports how it is doing")
    void health() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            link.write(0, 4096);
            link.point();
            link.awaitDurable();
            ProcessServerHealth health = next(site.control.healths);
            while (health.machines().isEmpty() || health.machines().getFirst().receivedBytes() == 0) {
                health = next(site.control.healths);
            }
            assertThat(health.replicationPort()).isEqualTo(server.destination().port());
            assertThat(health.vaultReachable()).isTrue();
            assertThat(health.machines().getFirst().connected()).isTrue();
            assertThat(health.memoryPercent()).isBetween(0.1, 100.0);
            assertThat(health.cpuPercent())
                    .as("a figure over 15 minutes, after a second")
                    .isNull();
            assertThat(health.cacheFreePercent()).isEqualTo(100);
        }
    }

    @Test
    @DisplayName("tells the speed of its upload as soon as there is one, once, and else keeps to its rhythm")
    void firstSpeed() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        var oncePerHour = new ProcessServerSettings.Rhythm(
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(5));
        Site.Running server = site.start(Site.SMALL_UPLOADS, site.control, oncePerHour);
        assertThat(next(site.control.healths).uploadBytesPerSecond())
                .as("not known before the first upload")
                .isNull();
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            writeAll(link);
            assertThat(next(site.control.healths).uploadBytesPerSecond()).isPositive();
            writeAll(link);
            assertThat(site.control.healths.poll(300, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    /// More than goes into the vault along with a point.
    private static void writeAll(Link link) throws Exception {
        for (int offset = 0; offset < DISK_BYTES; offset += Protocol.MAX_DATA_BYTES) {
            link.write(offset, Protocol.MAX_DATA_BYTES);
        }
        link.point();
        link.awaitDurable();
    }

    @Test
    @DisplayName("sends machines away when it stops, and its successor takes over where it was")
    void restart() throws Exception {
        Site.Machine machine = site.new Machine(DISK_BYTES);
        Site.Running server = site.start(Site.SMALL_UPLOADS);
        site.assign(machine);
        try (Link link = Link.connect(server, machine)) {
            link.write(0, 65536);
            link.point();
            link.awaitDurable();
            server.server().close();
            assertThat(link.awaitEnd())
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.STOPPING));
            Site.Running next = site.start(Site.SMALL_UPLOADS);
            try (Link again = Link.connect(next, machine, link.content, 2)) {
                assertThat(again.connection
                                .welcome()
                                .lastDurable()
                                .orElseThrow()
                                .slot())
                        .isEqualTo(1);
                again.write(4096, 4096);
                PointId point = again.point();
                again.awaitDurable();
                assertThat(machine.contentAt(point)).isEqualTo(again.content);
            }
        }
        try (MachineReader reader = machine.reader()) {
            assertThat(reader.points()).hasSize(2);
        }
    }
}
