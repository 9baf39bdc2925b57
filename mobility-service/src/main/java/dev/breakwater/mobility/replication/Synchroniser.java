package dev.breakwater.mobility.replication;

import dev.breakwater.mobility.capture.CaptureException;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.wire.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares a disk with the vault's newest state by digest, and marks what differs. What changes while it reads is
/// tracked as usual, so it does not matter whether the old or the new content was compared.
final class Synchroniser {

    private static final Logger LOG = LoggerFactory.getLogger(Synchroniser.class);

    /// Digests of this many regions (64 MiB of disk) are asked for at once, one such request ahead of the reading.
    private static final int BATCH_REGIONS = 64;

    /// Regions that differ whose block digests are on their way.
    private static final int MAX_PENDING = 8;

    /// The process server may have to read index pages from a slow vault.
    private static final long ANSWER_SECONDS = 300;

    /// Regions in a row that cannot be read; after more of them the disk is gone, and each try may cost many seconds.
    private static final int MAX_UNREADABLE = 64;

    /// How far a comparison has got is remembered each time so much was compared: what is lost costs a second of
    /// reading.
    private static final long REMEMBER_BYTES = 512L << 20;

    /// Follows a comparison.
    interface Course {
        /// Does nothing if the comparison shall go on.
        ///
        /// @throws IOException if it must end
        void check() throws IOException;

        /// What lies before has been compared, and what differed is marked.
        ///
        /// @throws IOException if that cannot be remembered
        void reached(long bytes) throws IOException;
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    private record Pending(long region, byte[] local, CompletableFuture<byte[]> vault) {}

    private record Batch(
            long first, int count, CompletableFuture<byte[]> vault, List<Optional<Future<byte[]>>> local) {}

    private final MachineCapture capture;
    private final LinkConnection link;
    private final Progress progress;
    private final ReadPace pace;
    private final BlockDigester digester;
    private final MessageDigest sha;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private int unreadableInARow;
    private long unreadable;

    Synchroniser(MachineCapture capture, LinkConnection link, Progress progress, ReadPace pace) {
        this.capture = capture;
        this.link = link;
        this.progress = progress;
        this.pace = pace;
        this.digester = new BlockDigester(link.digestKey());
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }

    /// Compares one disk. What cannot be read is marked and told; the rest is compared all the same.
    ///
    /// @param index place of the disk in HELLO
    /// @param comparedBytes how much of it an earlier call has compared, as it told its course; 0 to begin
    /// @return bytes that were marked; empty if the vault has nothing of the disk: there is nothing to compare
    /// @throws IOException if the disk is gone or the connection dies; to be repeated from where it has got
    OptionalLong compare(ProtectedDisk disk, int index, long comparedBytes, Course course)
            throws IOException, InterruptedException {
        long regions = Protocol.regionCount(disk.sizeBytes());
        progress.begin(disk.id(), disk.sizeBytes());
        pending.clear();
        long marked = 0;
        long begin = Math.min(comparedBytes / Protocol.REGION_BYTES, regions - 1);
        long remembered = begin * Protocol.REGION_BYTES;
        var asked = ask(index, begin, regions);
        if (answer(asked).length == 0) {
            return OptionalLong.empty();
        }
        var batch = read(disk, begin, regions, asked);
        while (batch != null) {
            course.check();
            Batch present = batch;
            long end = present.first() + present.count();
            // The readers begin with the next batch before this one is looked at, so that they never wait for it.
            batch = end < regions ? read(disk, end, regions, ask(index, end, regions)) : null;
            marked += differences(disk, index, present);
            long compared = end * Protocol.REGION_BYTES;
            progress.done(disk.id(), Math.min(disk.sizeBytes(), compared));
            if (compared - remembered >= REMEMBER_BYTES) {
                marked += markPending(disk);
                course.reached(compared);
                remembered = compared;
            }
        }
        return OptionalLong.of(marked + markPending(disk));
    }

    /// Regions that could not be read so far.
    long unreadableRegions() {
        return unreadable;
    }

    /// Has the regions of a batch read and digested.
    private Batch read(ProtectedDisk disk, long first, long regions, CompletableFuture<byte[]> vault)
            throws InterruptedException {
        int count = (int) Math.min(BATCH_REGIONS, regions - first);
        return new Batch(first, count, vault, digestsOf(disk, first, count));
    }

    private long differences(ProtectedDisk disk, int index, Batch batch) throws IOException, InterruptedException {
        byte[] vault = answer(batch.vault());
        requireCount(vault, batch.count());
        long marked = 0;
        for (int i = 0; i < batch.count(); i++) {
            if (batch.local().get(i).isEmpty()) {
                continue;
            }
            Optional<byte[]> read =
                    read(disk, batch.first() + i, batch.local().get(i).get());
            if (read.isEmpty()) {
                marked += region(disk, batch.first() + i).length();
                continue;
            }
            byte[] found = read.get();
            byte[] whole = sha.digest(found);
            int at = i * Protocol.DIGEST_BYTES;
            if (!Arrays.equals(whole, 0, Protocol.DIGEST_BYTES, vault, at, at + Protocol.DIGEST_BYTES)) {
                pending.add(new Pending(batch.first() + i, found, link.blockDigests(index, batch.first() + i)));
            }
            if (pending.size() >= MAX_PENDING) {
                marked += mark(disk, pending.remove());
            }
        }
        return marked;
    }

    private long markPending(ProtectedDisk disk) throws IOException, InterruptedException {
        long marked = 0;
        while (!pending.isEmpty()) {
            marked += mark(disk, pending.remove());
        }
        return marked;
    }

    private CompletableFuture<byte[]> ask(int index, long first, long regions)
            throws IOException, InterruptedException {
        try {
            return link.digests(index, first, (int) Math.min(BATCH_REGIONS, regions - first));
        } catch (IOException e) {
            throw new LinkException(e);
        }
    }

    /// The digests of the blocks of each of these regions; nothing for one that is left out.
    private List<Optional<Future<byte[]>>> digestsOf(ProtectedDisk disk, long first, int count)
            throws InterruptedException {
        List<Optional<Future<byte[]>>> result = new ArrayList<>(count);
        for (long number = first; number < first + count; number++) {
            ByteRange region = region(disk, number);
            if (capture.leftOut(disk.id(), region)) {
                result.add(Optional.empty());
            } else {
                pace.read(region.length());
                result.add(Optional.of(capture.read(disk.id(), region, this::digestsOf)));
            }
        }
        return result;
    }

    private static ByteRange region(ProtectedDisk disk, long number) {
        long offset = number * Protocol.REGION_BYTES;
        return new ByteRange(offset, Math.min(Protocol.REGION_BYTES, disk.sizeBytes() - offset));
    }

    private byte[] digestsOf(ByteBuffer content) {
        int blocks = content.remaining() / Blocks.BLOCK_BYTES;
        byte[] result = new byte[blocks * Protocol.DIGEST_BYTES];
        digester.digest(content, blocks, result, 0);
        return result;
    }

    /// The digests of a region's blocks. What cannot be read is marked, as it may differ: so it is tried again, and no
    /// point is taken without it.
    ///
    /// @return empty if the region cannot be read
    /// @throws IOException if nothing can be read any more
    private Optional<byte[]> read(ProtectedDisk disk, long number, Future<byte[]> digests)
            throws IOException, InterruptedException {
        try {
            byte[] found = digests.get();
            unreadableInARow = 0;
            return Optional.of(found);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof CaptureException failed)
                    || failed.kind() != CaptureException.Kind.DISK
                    || ++unreadableInARow > MAX_UNREADABLE) {
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            }
            unreadable++;
            LOG.warn("{}", failed.getMessage());
            progress.unreadable(String.valueOf(failed.getMessage()));
            capture.mark(disk.id(), region(disk, number));
            return Optional.empty();
        }
    }

    private long mark(ProtectedDisk disk, Pending differing) throws IOException, InterruptedException {
        byte[] vault = answer(differing.vault());
        int blocks = differing.local().length / Protocol.DIGEST_BYTES;
        requireCount(vault, blocks);
        long marked = 0;
        for (int i = 0; i < blocks; i++) {
            int at = i * Protocol.DIGEST_BYTES;
            if (!Arrays.equals(
                    differing.local(), at, at + Protocol.DIGEST_BYTES, vault, at, at + Protocol.DIGEST_BYTES)) {
                long offset = differing.region() * Protocol.REGION_BYTES + (long) i * Blocks.BLOCK_BYTES;
                long length = Math.min(Blocks.BLOCK_BYTES, disk.sizeBytes() - offset);
                capture.mark(disk.id(), new ByteRange(offset, length));
                marked += length;
            }
        }
        return marked;
    }

    private static byte[] answer(CompletableFuture<byte[]> future) throws IOException, InterruptedException {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new LinkException(e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        } catch (TimeoutException e) {
            throw new LinkException(new IOException(
                    "The process server did not send digests within " + ANSWER_SECONDS + " seconds.", e));
        }
    }

    private static void requireCount(byte[] digests, int count) throws LinkException {
        if (digests.length != count * Protocol.DIGEST_BYTES) {
            throw new LinkException(
                    "The process server sent " + digests.length + " bytes of digests for " + count + " digests.");
        }
    }
}
