package dev.breakwater.wire;

import dev.breakwater.model.Blocks;
import dev.breakwater.model.DigestKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// A message of the replication protocol. Only [Data] holds a buffer: whoever receives it owns the buffer and must
/// release it.
public sealed interface Message {

    /// What counts against the window and carries a number: what the machine sends about its disks.
    sealed interface Sequenced extends Message permits Data, Zeros, Close {

        /// 1 for the first of a connection, then one more each.
        long sequence();

        /// What the message takes of the window.
        default long cost() {
            return Protocol.MESSAGE_COST_BYTES;
        }
    }

    /// Machine → process server, first message.
    ///
    /// @param version newest version that the machine speaks
    /// @param machine who speaks; must be the identity in its certificate
    /// @param incarnation the machine's tracking state; a new one means that it forgot what the vault holds
    /// @param disks what it will send, addressed by place in this list
    /// @param nextGeneration the generation that comes first on this connection
    record Hello(int version, MachineId machine, UUID incarnation, List<Disk> disks, long nextGeneration)
            implements Message {

        /// A disk of the machine.
        ///
        /// @param id identity
        /// @param sizeBytes capacity
        public record Disk(DiskId id, long sizeBytes) {}

        public Hello {
            disks = List.copyOf(disks);
        }
    }

    /// Process server → machine, the answer to HELLO.
    ///
    /// @param version the version to use
    /// @param creditBytes what the machine may send at first, see [Stored]
    /// @param lastDurable the newest generation of this machine that the vault holds, whoever wrote it
    /// @param digestKey with what blocks are digested for a comparison
    record Welcome(int version, long creditBytes, DigestKey digestKey, Optional<LastDurable> lastDurable)
            implements Message {}

    /// A generation that the vault holds for good.
    ///
    /// @param slot its place in the machine's log
    /// @param incarnation of the tracking state that sent it
    /// @param generation its number in that incarnation
    /// @param point the recovery point it made, if it was one
    record LastDurable(long slot, UUID incarnation, long generation, Optional<PointId> point) {}

    /// Machine → process server: bytes of a disk, of the open generation. A later message wins over an earlier one.
    ///
    /// @param diskIndex place of the disk in HELLO
    /// @param offset first byte, a multiple of 4096
    /// @param rawLength bytes of the disk, 1 to 256 KiB, a multiple of 4096 unless they end with the disk
    /// @param payload these bytes, or, if it is shorter, an LZ4 block of them, which only a large piece may be
    record Data(long sequence, int diskIndex, long offset, int rawLength, ByteBuf payload) implements Sequenced {

        /// Whether the payload is an LZ4 block.
        public boolean compressed() {
            return payload.readableBytes() < rawLength;
        }

        /// Whether it is a large piece, in whole blocks: then the machine has compressed it, or found it not worth it.
        public boolean large() {
            return rawLength >= Blocks.LARGE_PIECE_BYTES && Blocks.isAligned(rawLength);
        }

        @Override
        public long cost() {
            return Protocol.MESSAGE_COST_BYTES + (long) payload.readableBytes();
        }
    }

    /// Machine → process server: a range of a disk that reads as zeros. Alignment as for [Data], any length.
    record Zeros(long sequence, int diskIndex, long offset, long length) implements Sequenced {}

    /// Machine → process server: the open generation is complete; what follows belongs to the next.
    ///
    /// @param generation its number
    /// @param point what makes it a recovery point; empty if it only carries data (PARTIAL)
    record Close(long sequence, long generation, Optional<PointMetadata> point) implements Sequenced {}

    /// What is known of a recovery point besides its bytes.
    ///
    /// @param id identity, drawn by who asked for the point
    /// @param type what it promises
    /// @param time the machine's clock then
    /// @param hardware the machine then
    /// @param freezeMillis how long the file systems stood still
    /// @param stallMillis how long a writer may have had to wait in all
    /// @param remarks what an administrator should know
    record PointMetadata(
            PointId id,
            PointType type,
            Instant time,
            Hardware hardware,
            long freezeMillis,
            long stallMillis,
            List<String> remarks) {

        public PointMetadata {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(hardware, "hardware");
            if (freezeMillis < 0 || stallMillis < 0) {
                throw new IllegalArgumentException(
                        "a point with a freeze of " + freezeMillis + " ms and a stall of " + stallMillis + " ms");
            }
            remarks = List.copyOf(remarks);
        }
    }

    /// Process server → machine: it took over everything up to a number. This frees the window and promises nothing.
    ///
    /// @param sequence the newest number that was taken over
    /// @param creditBytes the sum of costs, since the connection began, that the machine may have sent; never less
    ///     than it was told before
    record Stored(long sequence, long creditBytes) implements Message {}

    /// Process server → machine: the vault holds the generation for good; the machine may forget it.
    ///
    /// @param generation its number
    /// @param slot its place in the machine's log
    /// @param point the recovery point it made, if it was one
    record Durable(long generation, long slot, Optional<PointId> point) implements Message {}

    /// Machine → process server: asks for the digests of regions of the vault's newest state.
    ///
    /// @param request comes back in the answer
    /// @param firstRegion number of the first region of 1 MiB
    /// @param count 1 to 4096, all within the disk
    record DigestsRequest(int request, int diskIndex, long firstRegion, int count) implements Message {}

    /// Process server → machine: 16 bytes per region, see `PROTOCOL.md`.
    @SuppressWarnings("ArrayRecordComponent") // thousands of digests at once; nobody compares the messages
    record Digests(int request, byte[] digests) implements Message {}

    /// Machine → process server: asks for the digests of the blocks of one region.
    record BlockDigestsRequest(int request, int diskIndex, long region) implements Message {}

    /// Process server → machine: 16 bytes per block of the region.
    @SuppressWarnings("ArrayRecordComponent") // thousands of digests at once; nobody compares the messages
    record BlockDigests(int request, byte[] digests) implements Message {}

    /// Process server → machine: it ends the connection.
    ///
    /// @param code why, for programs
    /// @param text why, for people
    record Refused(RefusalCode code, String text) implements Message {}

    /// Either side: is there anybody? To be answered by [Pong] with the same token.
    record Ping(long token) implements Message {}

    /// The answer to [Ping].
    record Pong(long token) implements Message {}
}
