package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.DigestKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.lz4.Lz4Block;
import dev.breakwater.wire.Message.Durable;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.Message.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.transport.ReplicationListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A vault with process servers in front of it, in memory. Checks what a process server checks: numbers
/// without a gap, at most so many open generations, ranges on the disk.
final class SimulatedVault implements ProcessServerLink {

    private static final DigestKey KEY = DigestKey.of(new byte[32]);

    /// What the vault holds for good.
    record Slot(UUID incarnation, long generation, Optional<PointMetadata> point, Map<DiskId, byte[]> content) {}

    private record Closed(long generation, Optional<PointMetadata> point, Map<DiskId, byte[]> content) {}

    final Random random;
    final List<Slot> slots = new ArrayList<>();
    final Set<ProcessServerId> down = new HashSet<>();
    boolean flaky;
    int comparisons;
    int connections;

    @Nullable
    Connection open;

    SimulatedVault(Random random) {
        this.random = random;
    }

    @Override
    public LinkConnection connect(ReplicationTarget target, Hello hello, ReplicationListener listener)
            throws IOException {
        if (down.contains(target.id())) {
            throw new IOException("process server " + target.id() + " is down");
        }
        if (open != null) {
            open.die("superseded");
        }
        connections++;
        open = new Connection(target.id(), hello, listener);
        return open;
    }

    Map<DiskId, byte[]> newest() {
        return slots.isEmpty() ? Map.of() : slots.getLast().content();
    }

    void stop(ProcessServerId server) {
        down.add(server);
        if (open != null && open.server.equals(server)) {
            open.die("stopped");
        }
    }

    /// Whether the point waits on the connection, and is not stored yet.
    boolean hasUnstored(PointId id) {
        return open != null
                && open.closed.stream()
                        .anyMatch(
                                closed -> closed.point().map(PointMetadata::id).equals(Optional.of(id)));
    }

    /// The connection ends, and nothing that waits on it is stored.
    void loseUnstored() {
        if (open != null) {
            open.closed.clear();
            open.die("lost");
        }
    }

    void advance() {
        if (open != null) {
            open.commit(true);
        }
    }

    final class Connection implements LinkConnection {
        private final ProcessServerId server;
        private final Hello hello;
        private final ReplicationListener listener;
        private final Optional<LastDurable> last;
        private final Map<DiskId, byte[]> working = new HashMap<>();
        private final ArrayDeque<Closed> closed = new ArrayDeque<>();
        private long next;
        private boolean dead;

        Connection(ProcessServerId server, Hello hello, ReplicationListener listener) {
            this.server = server;
            this.hello = hello;
            this.listener = listener;
            this.next = hello.nextGeneration();
            this.last = slots.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new LastDurable(
                            slots.size() - 1,
                            slots.getLast().incarnation(),
                            slots.getLast().generation(),
                            slots.getLast().point().map(PointMetadata::id)));
            for (var disk : hello.disks()) {
                byte[] old = newest().get(disk.id());
                working.put(disk.id(), old == null ? new byte[(int) disk.sizeBytes()] : old.clone());
            }
        }

        @Override
        public Optional<LastDurable> lastDurable() {
            return last;
        }

        @Override
        public DigestKey digestKey() {
            return KEY;
        }

        @Override
        public void data(int diskIndex, long offset, int rawLength, ByteBuffer bytes) throws IOException {
            alive();
            byte[] disk = working.get(hello.disks().get(diskIndex).id());
            if (rawLength > Protocol.MAX_DATA_BYTES || offset + rawLength > disk.length) {
                throw new AssertionError("out of bounds: " + offset + "+" + rawLength);
            }
            if (bytes.remaining() < rawLength) {
                Lz4Block.decompress(bytes, rawLength, ByteBuffer.wrap(disk, (int) offset, rawLength));
            } else {
                bytes.get(disk, (int) offset, rawLength);
            }
        }

        @Override
        public void zeros(int diskIndex, long offset, long length) throws IOException {
            alive();
            Arrays.fill(
                    working.get(hello.disks().get(diskIndex).id()), (int) offset, (int) (offset + length), (byte) 0);
        }

        @Override
        public void closeGeneration(long generation, Optional<PointMetadata> point) throws IOException {
            alive();
            if (generation != next) {
                throw new AssertionError("CLOSE of " + generation + ", but " + next + " is open");
            }
            next++;
            var copy = new HashMap<DiskId, byte[]>();
            working.forEach((disk, bytes) -> copy.put(disk, bytes.clone()));
            closed.add(new Closed(generation, point, copy));
            if (closed.size() >= Protocol.MAX_OPEN_GENERATIONS) {
                throw new AssertionError("too many open generations");
            }
        }

        @Override
        public CompletableFuture<byte[]> digests(int diskIndex, long firstRegion, int count) throws IOException {
            alive();
            if (!newest().containsKey(hello.disks().get(diskIndex).id())) {
                return CompletableFuture.completedFuture(new byte[0]);
            }
            comparisons++;
            byte[] result = new byte[count * 16];
            for (int i = 0; i < count; i++) {
                byte[] blocks = blocks(diskIndex, firstRegion + i);
                System.arraycopy(sha(blocks, 0, blocks.length), 0, result, i * 16, 16);
            }
            return CompletableFuture.completedFuture(result);
        }

        @Override
        public CompletableFuture<byte[]> blockDigests(int diskIndex, long region) throws IOException {
            alive();
            return CompletableFuture.completedFuture(blocks(diskIndex, region));
        }

        private byte[] blocks(int diskIndex, long region) {
            byte[] disk = working.get(hello.disks().get(diskIndex).id());
            int from = (int) (region * Protocol.REGION_BYTES);
            int length = Math.min(Protocol.REGION_BYTES, disk.length - from);
            int count = Math.ceilDiv(length, 4096);
            byte[] padded = Arrays.copyOf(Arrays.copyOfRange(disk, from, from + length), count * 4096);
            byte[] result = new byte[count * 16];
            new BlockDigester(KEY).digest(ByteBuffer.wrap(padded), count, result, 0);
            return result;
        }

        private byte[] sha(byte[] bytes, int from, int length) {
            try {
                var sha = MessageDigest.getInstance("SHA-256");
                sha.update(bytes, from, length);
                return sha.digest();
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            die("closed by the machine");
        }

        /// Makes the oldest closed generation durable, perhaps without the machine hearing of it.
        void commit(boolean tell) {
            var oldest = closed.poll();
            if (oldest == null) {
                return;
            }
            slots.add(new Slot(hello.incarnation(), oldest.generation(), oldest.point(), oldest.content()));
            if (tell && !dead) {
                listener.durable(new Durable(
                        oldest.generation(), slots.size() - 1, oldest.point().map(PointMetadata::id)));
            }
        }

        void die(String why) {
            if (dead) {
                return;
            }
            dead = true;
            // Some of what was closed may still become durable; the machine hears of it in the next WELCOME only.
            for (int i = random.nextInt(closed.size() + 1); i > 0; i--) {
                commit(false);
            }
            if (open == this) {
                open = null;
            }
            listener.closed(new IOException(why));
        }

        private void alive() throws IOException {
            if (flaky && random.nextInt(400) == 0) {
                die("flaky network");
            }
            if (dead) {
                throw new IOException("the connection is dead");
            }
        }
    }
}
