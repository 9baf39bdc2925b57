package dev.breakwater.mobility.spool;

import dev.breakwater.changelog.HrlOrigin;
import dev.breakwater.changelog.HrlWriter;
import dev.breakwater.mobility.capture.BlockSink;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.wire.Message.PointMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Writes one point into the spool. Closed without [#commit], nothing of it stays.
public final class SpoolWriter implements BlockSink, AutoCloseable {

    /// The file system below the spool keeps at least this much free: a full one breaks the machine that we protect.
    private static final long MIN_FREE_BYTES = 256L << 20;

    /// Free space is asked for each time so much was written.
    private static final long FREE_CHECK_BYTES = 64L << 20;

    private final Spool spool;
    private final long number;
    private final UUID incarnation;
    private final long generation;
    private final long base;
    private final long maxBytes;
    private final List<DiskId> disks;
    private final Map<DiskId, Log> logs = new LinkedHashMap<>();
    private long written;
    private long before;
    private long nextFreeCheck;
    private boolean ended;

    /// The log of a disk that is being written, and those that are full.
    private final class Log {
        final ProtectedDisk disk;
        HrlWriter writer;
        int parts = 1;
        long fullBytes;

        Log(ProtectedDisk disk) throws IOException {
            this.disk = disk;
            this.writer = spool.createLog(disk.id(), number, 0, null, origin());
        }

        private HrlOrigin origin() {
            return new HrlOrigin(disk.id().uuid(), disk.sizeBytes(), incarnation, generation, HrlOrigin.NONE);
        }

        void finish(UUID point) throws IOException {
            writer.finish(generation, point);
            writer.close();
        }

        /// Goes on in another log.
        void next() throws IOException {
            finish(HrlOrigin.NONE);
            fullBytes += writer.bytes();
            writer = spool.createLog(disk.id(), number, parts, writer.uniqueId(), origin());
            parts++;
        }

        long bytes() {
            return fullBytes + writer.bytes();
        }
    }

    SpoolWriter(
            Spool spool,
            long number,
            UUID incarnation,
            long generation,
            long base,
            List<ProtectedDisk> disks,
            long maxBytes)
            throws IOException {
        this.spool = spool;
        this.number = number;
        this.incarnation = incarnation;
        this.generation = generation;
        this.base = base;
        this.maxBytes = maxBytes;
        this.disks = disks.stream().map(ProtectedDisk::id).toList();
        try {
            for (var disk : disks) {
                var log = new Log(disk);
                logs.put(disk.id(), log);
                written += log.bytes();
            }
            // Even a point without changes has logs, each with its first and its last block.
            if (written + (long) logs.size() * HrlWriter.BLOCK_BYTES > maxBytes) {
                throw new SpoolFullException("The spool's quota is used up.");
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void data(DiskId disk, long offset, ByteBuffer content) throws IOException {
        var log = log(disk);
        int inside = (int) Math.min(content.remaining(), log.disk.sizeBytes() - offset);
        var bytes = content.duplicate().limit(content.position() + inside);
        reserve(log, inside);
        log.writer.write(offset, bytes);
        wrote(log);
        content.position(content.limit());
    }

    @Override
    public void zeros(DiskId disk, long offset, long length) throws IOException {
        var log = log(disk);
        reserve(log, 0);
        log.writer.zero(new ByteRange(offset, Math.min(length, log.disk.sizeBytes() - offset)));
        wrote(log);
    }

    /// Makes the point durable in the spool.
    ///
    /// @param changedBytes bytes of disk that it changes
    /// @param point what makes it a recovery point
    /// @throws IOException if that fails; nothing of it stays then
    public SpooledPoint commit(long changedBytes, PointMetadata point) throws IOException {
        long bytes = 0;
        var last = new HashMap<DiskId, UUID>();
        for (var log : logs.values()) {
            log.finish(point.id().uuid());
            bytes += log.bytes();
            last.put(log.disk.id(), log.writer.uniqueId());
        }
        var spooled = new SpooledPoint(
                number,
                incarnation,
                generation,
                base,
                List.copyOf(logs.keySet()),
                logs.values().stream().map(log -> log.parts).toList(),
                bytes,
                changedBytes,
                point);
        spool.committed(spooled, last);
        ended = true;
        return spooled;
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try {
            for (var log : logs.values()) {
                log.writer.close();
            }
        } finally {
            spool.takeBack(number, begun());
        }
    }

    /// Of each disk the part that follows the last one: it may have been begun too.
    private Map<DiskId, Integer> begun() {
        var parts = new HashMap<DiskId, Integer>();
        disks.forEach(disk -> parts.put(disk, 0));
        logs.forEach((disk, log) -> parts.put(disk, log.parts));
        return parts;
    }

    private Log log(DiskId disk) throws IOException {
        var log = logs.get(disk);
        if (log == null) {
            throw new IOException("Disk " + disk + " is not part of the spooled point.");
        }
        return log;
    }

    /// Makes sure that so many bytes more, the entry that describes them and a block that may get full with it fit, and
    /// in the end the last block of each log.
    private void reserve(Log log, int bytes) throws IOException {
        long end = (long) (logs.size() + 1) * HrlWriter.BLOCK_BYTES;
        if (written + bytes + end > maxBytes) {
            throw new SpoolFullException("The spool's quota is used up.");
        }
        if (written >= nextFreeCheck && maxBytes != Long.MAX_VALUE) {
            nextFreeCheck = written + FREE_CHECK_BYTES;
            if (spool.freeBytes() < MIN_FREE_BYTES) {
                throw new SpoolFullException(
                        "The file system below the spool has less than " + (MIN_FREE_BYTES >> 20) + " MiB free.");
            }
        }
        // The entry, the block that ends with it, and the last block of the log.
        if (log.writer.bytes() + bytes + 2L * HrlWriter.BLOCK_BYTES > spool.maxLogBytes()) {
            log.next();
        }
        before = log.bytes();
    }

    private void wrote(Log log) {
        written += log.bytes() - before;
    }
}
