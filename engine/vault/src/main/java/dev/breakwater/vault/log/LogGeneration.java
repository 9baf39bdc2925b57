package dev.breakwater.vault.log;

import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.WriteAttempt;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.index.ExtentPage;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.object.SlotManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The generation that a machine's writer collects at the moment.
final class LogGeneration implements GenerationWriter {

    /// Bytes of data in one generation: 16 times what senders collect. Their digests take 32 MiB.
    private static final long MAX_DATA_BYTES = 8L << 30;

    private final LogWriter writer;
    private final UUID incarnation;
    private final long generation;
    private final FrameOutput output;
    private final FramePress press;
    private final WriteAttempt attempt;
    private final Map<DiskId, DiskChanges> disks = new TreeMap<>();
    private int pieces;
    private long dataBytes;
    private boolean ended;

    LogGeneration(LogWriter writer, UUID incarnation, long generation, FrameOutput output, WriteAttempt attempt) {
        this.writer = writer;
        this.incarnation = incarnation;
        this.generation = generation;
        this.output = output;
        this.press = new FramePress(writer.sealing(), writer.digester(), output);
        this.attempt = attempt;
    }

    long generation() {
        return generation;
    }

    @Override
    public void write(DiskId disk, long offset, ByteBuffer raw, Runnable released)
            throws IOException, InterruptedException {
        DiskChanges changes = count(disk, offset, raw.remaining(), released);
        try {
            changes.write(offset / Blocks.BLOCK_BYTES, raw, released);
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    @Override
    public void writeLarge(DiskId disk, long offset, int rawLength, ByteBuffer stored, Runnable released)
            throws IOException, InterruptedException {
        if (rawLength < Blocks.LARGE_PIECE_BYTES || stored.remaining() > rawLength) {
            released.run();
            throw new IllegalArgumentException(
                    stored.remaining() + " bytes for a large piece of " + rawLength + " bytes of blocks");
        }
        DiskChanges changes = count(disk, offset, rawLength, released);
        try {
            changes.writeLarge(offset / Blocks.BLOCK_BYTES, rawLength, stored, released);
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
            throw e;
        }
    }

    /// Looks whether a piece may be taken, and releases it if not.
    private DiskChanges count(DiskId disk, long offset, int rawLength, Runnable released) throws IOException {
        try {
            if (rawLength == 0 || rawLength > Blocks.MAX_PIECE_BYTES) {
                throw new IllegalArgumentException("a piece has 4 KiB to 256 KiB, not " + rawLength + " bytes");
            }
            requireBlocks(offset, rawLength);
            DiskChanges changes = changes(disk);
            dataBytes += rawLength;
            count();
            return changes;
        } catch (IOException | RuntimeException e) {
            released.run();
            if (e instanceof IOException) {
                fail(e);
            }
            throw e;
        }
    }

    @Override
    public void zero(DiskId disk, ByteRange range) throws IOException {
        requireBlocks(range.offset(), range.length());
        DiskChanges changes = changes(disk);
        try {
            count();
        } catch (IOException e) {
            fail(e);
            throw e;
        }
        changes.zero(range.offset() / Blocks.BLOCK_BYTES, range.length() / Blocks.BLOCK_BYTES);
    }

    @Override
    public CompletableFuture<DurableSlot> commit(GenerationClose close) throws IOException, InterruptedException {
        requireOpen();
        try {
            return seal(close);
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
            throw e;
        } finally {
            ended = true;
        }
    }

    private CompletableFuture<DurableSlot> seal(GenerationClose close) throws IOException, InterruptedException {
        for (DiskChanges changes : disks.values()) {
            changes.flush();
        }
        press.finish();
        long slot = writer.nextSlot();
        boolean inline = output.fitsInline(writer.limits().inlineBytes());
        boolean inlineData = inline && output.totalBytes() > 0;
        if (inline) {
            output.stayInline(ObjectRef.point(slot));
        }
        FrameSealer metadata = writer.metadataSealer(attempt);
        List<Run> runs = new ArrayList<>();
        long[] changedBlocks = new long[1];
        for (DiskChanges changes : disks.values()) {
            changes.index(slot, output, metadata, changedBlocks).ifPresent(runs::add);
        }
        disks.clear();
        CompletableFuture<?> segments = output.finish();
        long changedBytes = changedBlocks[0] * Blocks.BLOCK_BYTES;
        Optional<RecoveryPoint> point = switch (close) {
            case GenerationClose.Partial() -> Optional.empty();
            case GenerationClose.Point p -> writer.pointOnce(p, slot, changedBytes);
        };
        SlotManifest manifest = new SlotManifest(
                slot,
                incarnation,
                generation,
                writer.lastHash(),
                changedBytes,
                inlineData,
                point,
                runs,
                output.segments());
        return writer.committed(manifest, output, metadata, segments);
    }

    @Override
    public void abandon() {
        if (!ended) {
            ended = true;
            disks.clear();
            press.abandon();
            writer.ended(this, null);
        }
    }

    private void fail(Throwable error) {
        ended = true;
        disks.clear();
        press.abandon();
        writer.ended(this, error);
    }

    private DiskChanges changes(DiskId disk) {
        requireOpen();
        DiskChanges known = disks.get(disk);
        if (known == null) {
            known = new DiskChanges(disk, writer.dataSealer(disk, attempt), press, output);
            disks.put(disk, known);
        }
        return known;
    }

    private void count() throws IOException {
        pieces++;
        if (pieces > writer.limits().maxPieces() || dataBytes > MAX_DATA_BYTES) {
            throw new IOException("Generation " + generation + " is larger than a writer takes (" + pieces + " pieces, "
                    + dataBytes + " bytes). The sender must close generations earlier.");
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("generation " + generation + " has ended");
        }
    }

    private static void requireBlocks(long offset, long length) {
        boolean whole = offset >= 0 && length > 0 && Blocks.isAligned(offset) && Blocks.isAligned(length);
        if (!whole || (offset + length) / Blocks.BLOCK_BYTES > ExtentPage.MAX_BLOCKS) {
            throw new IllegalArgumentException("no whole blocks of a disk: offset " + offset + ", length " + length);
        }
    }
}
