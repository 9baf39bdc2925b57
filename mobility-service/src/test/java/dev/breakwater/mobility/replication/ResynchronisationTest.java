package dev.breakwater.mobility.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.control.machine.ResyncOrder;
import dev.breakwater.mobility.capture.CaptureException;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DigestKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.wire.Message.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import dev.breakwater.wire.Protocol;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A resynchronisation")
class ResynchronisationTest {

    private static final long GIB = 1L << 30;
    private static final long REGION = Protocol.REGION_BYTES;
    private static final UUID INCARNATION = new UUID(4, 4);

    private final ProtectedDisk first = new ProtectedDisk(new DiskId(new UUID(1, 1)), "/dev/one", GIB / 4);
    private final ProtectedDisk second = new ProtectedDisk(new DiskId(new UUID(1, 2)), "/dev/two", GIB + GIB / 4);
    private final List<Long> readOfSecond = new ArrayList<>();
    private final List<ByteRange> marked = new ArrayList<>();
    private long readOfFirst;
    private long slot = 7;
    /// The connection dies when digests of this region of the second disk are asked for.
    private long cutAt = Long.MAX_VALUE;

    /// Block of the second disk that is not as in the vault.
    private long differs = -1;

    /// Regions of the second disk that cannot be read.
    private long unreadableFrom = Long.MAX_VALUE;

    private long unreadableTo;
    private final Progress progress = new Progress();

    @TempDir
    Path folder;

    private ReplicationMemory memory;

    @BeforeEach
    void open() throws Exception {
        memory = ReplicationMemory.open(folder.resolve("replication.json"));
    }

    @Test
    @DisplayName("goes on where it was when the connection was cut and the program restarted")
    void goesOn() throws Exception {
        differs = 5;
        cutAt = 1024;
        assertThatThrownBy(this::run).isInstanceOf(LinkException.class);
        assertThat(marked).containsExactly(new ByteRange(5 * 4096, 4096));
        cutAt = Long.MAX_VALUE;
        readOfFirst = 0;
        readOfSecond.clear();
        memory = ReplicationMemory.open(folder.resolve("replication.json"));
        run();
        assertThat(readOfFirst).as("the first disk was done").isZero();
        assertThat(readOfSecond.getFirst())
                .as("the first region of the second disk that was read")
                .isEqualTo(512);
        assertThat(readOfSecond.getLast()).isEqualTo((GIB + GIB / 4) / REGION - 1);
        assertThat(memory.covers(INCARNATION, java.util.Set.of(first.id(), second.id())))
                .isTrue();
    }

    @Test
    @DisplayName("begins again if the vault is in another state than before the cut")
    void beginsAgain() throws Exception {
        cutAt = 1024;
        assertThatThrownBy(this::run).isInstanceOf(LinkException.class);
        cutAt = Long.MAX_VALUE;
        readOfSecond.clear();
        slot++;
        run();
        assertThat(readOfSecond.getFirst()).isZero();
    }

    @Test
    @DisplayName("marks what cannot be read, compares the rest, and tells it")
    void unreadable() throws Exception {
        differs = 900 * 256;
        unreadableFrom = 3;
        unreadableTo = 5;
        assertThat(run()).as("all could be read").isFalse();
        assertThat(marked)
                .containsExactlyInAnyOrder(
                        new ByteRange(3 * REGION, REGION),
                        new ByteRange(4 * REGION, REGION),
                        new ByteRange(900 * REGION, 4096));
        assertThat(progress.problems()).anyMatch(problem -> problem.contains("cannot be read"));
        assertThat(memory.covers(INCARNATION, java.util.Set.of(first.id(), second.id())))
                .isTrue();
    }

    @Test
    @DisplayName("ends where nothing can be read any more")
    void deadDisk() {
        unreadableFrom = 3;
        unreadableTo = Long.MAX_VALUE;
        assertThatThrownBy(this::run).isInstanceOf(CaptureException.class);
        assertThat(memory.covers(INCARNATION, java.util.Set.of(second.id()))).isFalse();
    }

    @Test
    @DisplayName("remembers an order as long as it is asked for or not answered, and no longer")
    void orders() {
        var orders = new ResyncOrders();
        var order = new ResyncOrder(new UUID(8, 1), "by hand");
        orders.stillAsked(List.of(order));
        assertThat(orders.isNew(order)).isTrue();
        orders.take(order);
        orders.stillAsked(List.of());
        assertThat(orders.isNew(order)).as("taken, and not answered").isFalse();
        orders.compared(INCARNATION, 1);
        assertThat(orders.durable(INCARNATION, 1)).containsExactly(order.orderId());
        orders.stillAsked(List.of(order));
        assertThat(orders.isNew(order)).as("answered, and still asked for").isFalse();
        orders.stillAsked(List.of());
        assertThat(orders.isNew(order)).as("answered, and forgotten").isTrue();
    }

    @Test
    @DisplayName("reads no faster than it may")
    void pace() throws Exception {
        long[] now = {0};
        var pace = ReadPace.atMost(100L << 20, () -> now[0], time -> now[0] += time);
        for (int i = 0; i < 1000; i++) {
            // Reading itself takes a millisecond.
            now[0] += 1_000_000;
            pace.read(1 << 20);
        }
        assertThat(now[0] / 1e9).as("seconds for 1000 MiB at 100 MiB/s").isCloseTo(10, within(0.05));
    }

    private boolean run() throws Exception {
        var link = new Link((target, hello, listener) -> new Vault(), System::nanoTime, () -> {});
        link.target(new ReplicationTarget(new ProcessServerId(new UUID(9, 9)), List.of("localhost"), 9443, 1));
        link.connect(new MachineId(new UUID(3, 3)), INCARNATION, List.of(first, second), 1, progress);
        return new Resynchronisation(ReadPace.UNBOUNDED, memory, progress, link).run(capture());
    }

    /// Disks of zeros, save one block.
    @SuppressWarnings("unchecked") // the interface says what the function takes
    private MachineCapture capture() {
        return (MachineCapture) Proxy.newProxyInstance(
                MachineCapture.class.getClassLoader(),
                new Class<?>[] {MachineCapture.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "disks" -> List.of(first, second);
                    case "incarnation" -> INCARNATION;
                    case "leftOut" -> false;
                    case "read" -> read((DiskId) given[0], (ByteRange) given[1], (Function<ByteBuffer, ?>) given[2]);
                    case "mark" -> marked.add((ByteRange) given[1]);
                    default -> throw new AssertionError(method.getName());
                });
    }

    private Future<?> read(DiskId disk, ByteRange part, Function<ByteBuffer, ?> use) {
        if (disk.equals(first.id())) {
            readOfFirst++;
        } else {
            readOfSecond.add(part.offset() / REGION);
        }
        long region = part.offset() / REGION;
        if (disk.equals(second.id()) && region >= unreadableFrom && region < unreadableTo) {
            return CompletableFuture.failedFuture(
                    new CaptureException(CaptureException.Kind.DISK, "Disk /dev/two cannot be read"));
        }
        ByteBuffer content = ByteBuffer.allocate((int) part.length());
        if (disk.equals(second.id()) && part.offset() == differs / 256 * REGION && differs >= 0) {
            content.put((int) (differs % 256) * 4096, (byte) 1);
        }
        return CompletableFuture.completedFuture(use.apply(content));
    }

    /// Has zeros of both disks.
    private final class Vault implements LinkConnection {

        @Override
        public Optional<LastDurable> lastDurable() {
            return Optional.of(new LastDurable(slot, new UUID(5, 5), 3, Optional.empty()));
        }

        @Override
        public DigestKey digestKey() {
            return DigestKey.of(new byte[32]);
        }

        @Override
        public CompletableFuture<byte[]> digests(int diskIndex, long firstRegion, int count) throws IOException {
            if (diskIndex == 1 && firstRegion >= cutAt) {
                throw new IOException("the connection was cut");
            }
            try {
                byte[] one = MessageDigest.getInstance("SHA-256").digest(new byte[4096]);
                byte[] all = new byte[count * Protocol.DIGEST_BYTES];
                for (int i = 0; i < count; i++) {
                    System.arraycopy(one, 0, all, i * Protocol.DIGEST_BYTES, Protocol.DIGEST_BYTES);
                }
                return CompletableFuture.completedFuture(all);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public CompletableFuture<byte[]> blockDigests(int diskIndex, long region) {
            byte[] all = new byte[4096];
            Arrays.fill(all, (byte) 0);
            return CompletableFuture.completedFuture(all);
        }

        @Override
        public void data(int diskIndex, long offset, int rawLength, ByteBuffer bytes) {
            throw new AssertionError("a comparison sends nothing");
        }

        @Override
        public void zeros(int diskIndex, long offset, long length) {
            throw new AssertionError("a comparison sends nothing");
        }

        @Override
        public void closeGeneration(long generation, Optional<PointMetadata> point) {
            throw new AssertionError("a comparison closes nothing");
        }

        @Override
        public void close() {}
    }
}
