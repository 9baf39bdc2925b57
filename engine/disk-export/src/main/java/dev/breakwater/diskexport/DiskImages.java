package dev.breakwater.diskexport;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.ReadableDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Writes a disk into an image file or onto a block device.
public final class DiskImages {

    /// Large enough that the vault is read in whole frames.
    private static final int PIECE_BYTES = 1 << 20;

    /// Pieces read beside each other: a vault far away answers slowly, but answers several at a time.
    private static final int PIECES_AT_A_TIME = 8;

    private DiskImages() {}

    /// Writes the disk. A file appears under its name only when it is whole and durable, and replaces what was there;
    /// a block device is written in place, holes as zeros.
    ///
    /// @param disk what to write
    /// @param target file, or a block device at least as large as the disk
    /// @param format how; a block device takes [ImageFormat#RAW] only
    /// @param id identity for formats that have one
    /// @param now time of creation for formats that have one
    /// @param progress hears how many bytes of data are written, from several threads, never less than before
    /// @throws IOException if the disk cannot be read or the target not be written; a partial file is then removed
    public static void write(
            ReadableDisk disk, Path target, ImageFormat format, UUID id, Instant now, LongConsumer progress)
            throws IOException, InterruptedException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            writeDevice(disk, target, format, progress);
            return;
        }
        Path absolute = target.toAbsolutePath();
        Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
        try {
            try (FileChannel channel = FileChannel.open(
                    partial,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                writeFile(disk, channel, format, id, now, progress);
            }
            Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void writeFile(
            ReadableDisk disk, FileChannel channel, ImageFormat format, UUID id, Instant now, LongConsumer progress)
            throws IOException, InterruptedException {
        long size = disk.sizeBytes();
        ByteBuffer tail = ByteBuffer.allocate(1);
        long tailOffset = size - 1;
        if (format == ImageFormat.FIXED_VHD) {
            tailOffset = VhdFooter.roundedSize(size);
            tail = VhdFooter.of(tailOffset, id, now);
        }
        // The last byte first: it gives the file its length, and data may overwrite it.
        writeFully(channel, tail, tailOffset);
        copy(disk, channel, disk.allocated(), progress);
        channel.force(true);
    }

    private static void writeDevice(ReadableDisk disk, Path device, ImageFormat format, LongConsumer progress)
            throws IOException, InterruptedException {
        if (format != ImageFormat.RAW) {
            throw new IOException("Only a raw image can be written onto the device " + device
                    + "; nothing was written. Give a file, or the raw format.");
        }
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < disk.sizeBytes()) {
                throw new IOException("The device " + device + " has " + channel.size() + " bytes, the disk has "
                        + disk.sizeBytes() + ": it does not fit, and nothing was written.");
            }
            copy(disk, channel, List.of(new ByteRange(0, disk.sizeBytes())).iterator(), progress);
            channel.force(true);
        }
    }

    private static void copy(ReadableDisk disk, FileChannel channel, Iterator<ByteRange> ranges, LongConsumer progress)
            throws IOException, InterruptedException {
        ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
        AtomicLong written = new AtomicLong();
        Semaphore free = new Semaphore(PIECES_AT_A_TIME);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            while (ranges.hasNext() && failures.isEmpty()) {
                ByteRange range = ranges.next();
                for (long at = range.offset(); at < range.end() && failures.isEmpty(); at += PIECE_BYTES) {
                    long offset = at;
                    int length = (int) Math.min(PIECE_BYTES, range.end() - at);
                    free.acquire();
                    readers.execute(() -> {
                        try {
                            ByteBuffer piece = ByteBuffer.allocate(length);
                            disk.read(offset, piece);
                            writeFully(channel, piece.flip(), offset);
                            progress.accept(written.addAndGet(length));
                        } catch (IOException | RuntimeException e) {
                            failures.add(e);
                        } finally {
                            free.release();
                        }
                    });
                }
            }
        }
        Exception first = failures.peek();
        if (first != null) {
            throw first instanceof IOException e ? e : new IOException("The disk could not be copied: " + first, first);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long position = offset;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }
}
