package dev.breakwater.launcher.vault;

import dev.breakwater.changelog.HrlOrigin;
import dev.breakwater.changelog.HrlReader;
import dev.breakwater.changelog.HrlWriter;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/// Writes the difference of two points of a disk as a change log: applied to the earlier one it gives the later one.
final class DifferenceLog {

    private DifferenceLog() {}

    /// Writes the log into a new file.
    ///
    /// @param from the earlier point; without one the log is a whole copy, to be applied to a disk of zeros
    static void write(
            MachineReader reader, Optional<RecoveryPoint> from, RecoveryPoint to, DiskDescription disk, Path target)
            throws IOException {
        UUID since = from.map(point -> point.id().uuid()).orElse(HrlOrigin.NONE);
        HrlOrigin origin = new HrlOrigin(disk.id().uuid(), disk.sizeBytes(), since, to.slot(), HrlOrigin.NONE);
        try (HrlWriter log = HrlWriter.create(
                        target, Entropy.system().uuid(), HrlOrigin.NONE, origin, InstantSource.system());
                ReadableDisk content = reader.disk(to.id(), disk.id())) {
            Iterator<ByteRange> differences =
                    from.isPresent() ? reader.differences(from.get().id(), to.id(), disk.id()) : content.allocated();
            ByteBuffer piece = ByteBuffer.allocate(HrlReader.MAX_PIECE_BYTES);
            while (differences.hasNext()) {
                ByteRange range = differences.next();
                long end = Math.min(range.offset() + range.length(), disk.sizeBytes());
                for (long at = range.offset(); at < end; at += piece.capacity()) {
                    piece.clear().limit((int) Math.min(piece.capacity(), end - at));
                    content.read(at, piece.duplicate());
                    append(log, at, piece);
                }
            }
            log.finish(to.slot(), to.id().uuid());
        }
    }

    private static void append(HrlWriter log, long at, ByteBuffer piece) throws IOException {
        if (isZero(piece)) {
            log.zero(new ByteRange(at, piece.remaining()));
        } else {
            log.write(at, piece.duplicate());
        }
    }

    private static boolean isZero(ByteBuffer piece) {
        for (int i = piece.position(); i < piece.limit(); i++) {
            if (piece.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
