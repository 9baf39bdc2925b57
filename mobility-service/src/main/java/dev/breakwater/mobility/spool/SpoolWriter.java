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
    private final long base;
    private final long maxBytes;
    private final Map<DiskId, Log> logs = new LinkedHashMap<>();
    private long written;
    private long before;
    private long nextFreeCheck;
    private boolean committed;

    private record Log(ProtectedDisk disk, HrlWriter writer) {}

    SpoolWriter(Spool spool, long number, UUID incarnation, long base, List<ProtectedDisk> disks, long maxBytes)
            throws IOException {
        this.spool = spool;
        this.number = number;
        this.incarnation = incarnation;
        this.base = base;
        this.maxBytes = maxBytes;
        try {
            for (var disk : disks) {
                var origin = new HrlOrigin(disk.id().uuid(), disk.sizeBytes(), incarnation, 0, HrlOrigin.NONE);
                var log = new Log(disk, spool.createLog(disk.id(), number, origin));
                logs.put(disk.id(), log);
                written += log.writer().bytes();
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void data(DiskId disk, long offset, ByteBuffer content) throws IOException {
        var log = log(disk);
        int inside = (int) Math.min(content.remaining(), log.disk().sizeBytes() - offset);
        var bytes = content.duplicate().limit(content.position() + inside);
        reserve(log, inside);
        log.writer().write(offset, bytes);
        wrote(log);
        content.position(content.limit());
    }

    @Override
    public void zeros(DiskId disk, long offset, long length) throws IOException {
        var log = log(disk);
        reserve(log, 0);
        log.writer().zero(new ByteRange(offset, Math.min(length, log.disk().sizeBytes() - offset)));
        wrote(log);
    }

    /// Makes the point durable in the spool.
    ///
    /// @param generation its number
    /// @param changedBytes bytes of disk that it changes
    /// @param point what makes it a recovery point
    /// @throws IOException if that fails; nothing of it stays then
    public SpooledPoint commit(long generation, long changedBytes, PointMetadata point) throws IOException {
        long bytes = 0;
        for (var log : logs.values()) {
            log.writer().finish(generation, point.id().uuid());
            log.writer().close();
            bytes += log.writer().bytes();
        }
        var spooled = new SpooledPoint(
                number, incarnation, generation, base, List.copyOf(logs.keySet()), bytes, changedBytes, point);
        spool.committed(
                spooled,
                logs.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, e -> e.getValue().writer().uniqueId())));
        committed = true;
        return spooled;
    }

    @Override
    public void close() throws IOException {
        if (committed) {
            return;
        }
        committed = true;
        for (var log : logs.values()) {
            log.writer().close();
        }
        spool.deleteLogs(number, logs.keySet());
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
        if (written >= nextFreeCheck) {
            nextFreeCheck = written + FREE_CHECK_BYTES;
            if (spool.freeBytes() < MIN_FREE_BYTES) {
                throw new SpoolFullException(
                        "The file system below the spool has less than " + (MIN_FREE_BYTES >> 20) + " MiB free.");
            }
        }
        before = log.writer().bytes();
    }

    private void wrote(Log log) {
        written += log.writer().bytes() - before;
    }
}
