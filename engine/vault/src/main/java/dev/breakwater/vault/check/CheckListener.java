package dev.breakwater.vault.check;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;

/// Hears of a check while it runs, on its thread.
@FunctionalInterface
public interface CheckListener {

    /// Something is wrong.
    void found(Finding finding);

    /// The newest state of a disk cannot be read in a range, though its map can: see [VaultRepair]. Ranges may come
    /// in any order and more than once.
    default void unreadable(MachineId machine, DiskId disk, ByteRange range) {}

    /// The check has moved on; about once per second of work or less.
    default void progress(CheckProgress progress) {}
}
