package dev.breakwater.vault.reading;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.log.LastDurable;
import dev.breakwater.vault.log.MachineVault;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a machine's part of a vault. Sees the log as it was when the reader was opened or last refreshed. Safe for
/// several threads; memory is bounded whatever the size and fragmentation of the disks.
public interface MachineReader extends AutoCloseable {

    /// Opens the reader: reads what the vault has of the machine. A machine without a log has no points. Of a
    /// damaged log the points before the damage can be read.
    ///
    /// @throws dev.breakwater.vault.object.DamagedObjectException if there is no way into the log
    /// @throws IOException if the store cannot be read
    static MachineReader open(MachineVault vault) throws IOException {
        return LogReader.open(vault);
    }

    /// Looks at the store again: new slots, new checkpoints.
    ///
    /// @throws IOException if the store cannot be read, or the log is damaged
    void refresh() throws IOException;

    /// The points to which the machine can be recovered, oldest first.
    List<RecoveryPoint> points();

    /// The point with this identity, if the vault (still) has it.
    Optional<RecoveryPoint> point(PointId id);

    /// The newest slot, a point or not.
    Optional<LastDurable> lastDurable();

    /// Why points newer than those listed cannot be opened, if the newest slots of the log are damaged or missing:
    /// then the newest point listed is not the newest that there was.
    Optional<String> damage();

    /// Disks of which the vault holds anything.
    Set<DiskId> disks();

    /// A disk at a point.
    ///
    /// @throws IllegalArgumentException if the machine has no such point or the point no such disk
    /// @throws IOException if the store cannot be read
    ReadableDisk disk(PointId point, DiskId disk) throws IOException;

    /// Digests of a disk's newest state (the newest slot, a point or not), for resynchronisation.
    ///
    /// @param firstBlock first block of 4,096 bytes
    /// @param blocks how many, at most 65,536 (256 MiB of disk, 1 MiB of digests); may pass the disk's end, where
    /// there
    ///     are zeros
    /// @throws IOException if the map of the disk cannot be read
    BlockDigests digests(DiskId disk, long firstBlock, int blocks) throws IOException;

    /// The ranges in which a disk differs between two points, by digest, ascending and apart from each other. Whole
    /// blocks, except that the last ends with the disk (the larger of the two sizes).
    ///
    /// @throws IllegalArgumentException if the machine has no such point or the point no such disk
    /// @throws IOException if the map of the disk cannot be read; while iterating it is an `UncheckedIOException`
    Iterator<ByteRange> differences(PointId from, PointId to, DiskId disk) throws IOException;

    /// Gives buffers back. Disks opened from this reader must be closed before.
    @Override
    void close() throws IOException;
}
