package dev.breakwater.changelog;

import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Applies a log to a disk image or device: afterwards the disk is what it was when the log ended.
public final class HrlApply {

    /// Zeros are written in pieces of this.
    private static final int ZERO_PIECE_BYTES = 1 << 20;

    /// What was written.
    ///
    /// @param changes entries applied
    /// @param dataBytes bytes of data written
    /// @param zeroBytes bytes set to zero
    public record Outcome(long changes, long dataBytes, long zeroBytes) {}

    private HrlApply() {}

    /// Checks the log from end to end and the reach of every change, then applies it. Repeating it is harmless.
    ///
    /// @param log a closed log
    /// @param disk an existing image file or device, at least as large as the log's disk
    /// @throws HrlException if the log is damaged or reaches beyond the disk; the disk is then untouched
    /// @throws IOException if the log cannot be read or the disk not be written
    public static Outcome apply(Path log, Path disk) throws IOException {
        try (var reader = HrlReader.open(log);
                var target = FileChannel.open(disk, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            boolean regular = Files.isRegularFile(disk);
            long size = regular ? target.size() : deviceSize(target);
            var counted = new long[3];
            reader.entries(entry -> counted[0]++);
            for (long at : reader.blockPositions()) {
                var block = reader.blockAt(at);
                reader.proveData(block);
                for (var entry : block.entries()) {
                    requireInside(log, disk, entry.range(), size);
                }
            }
            reader.replay(new HrlVisitor() {
                @Override
                public void write(long offset, ByteBuffer data) throws IOException {
                    counted[1] += data.remaining();
                    writeFully(target, data, offset);
                }

                @Override
                public void zero(ByteRange range) throws IOException {
                    counted[2] += range.length();
                    writeZeros(target, range);
                }
            });
            target.force(true);
            return new Outcome(counted[0], counted[1], counted[2]);
        }
    }

    private static void requireInside(Path log, Path disk, ByteRange range, long size) throws HrlException {
        if (range.end() > size) {
            throw new HrlException(
                    HrlException.Kind.BEYOND_DISK,
                    log + " writes up to byte " + range.end() + ", but " + disk + " has " + size
                            + " bytes. Nothing was written; give a disk that is large enough.");
        }
    }

    private static long deviceSize(FileChannel device) throws IOException {
        // A block device's size is where its end is.
        long size = device.size();
        return size > 0 ? size : Long.MAX_VALUE;
    }

    private static void writeZeros(FileChannel target, ByteRange range) throws IOException {
        var zeros = ByteBuffer.allocate(ZERO_PIECE_BYTES);
        long at = range.offset();
        while (at < range.end()) {
            zeros.clear().limit((int) Math.min(ZERO_PIECE_BYTES, range.end() - at));
            int length = zeros.remaining();
            writeFully(target, zeros, at);
            at += length;
        }
    }

    private static void writeFully(FileChannel target, ByteBuffer bytes, long position) throws IOException {
        long next = position;
        while (bytes.hasRemaining()) {
            next += target.write(bytes, next);
        }
    }
}
