package dev.breakwater.sitelocal.practice;

import java.nio.file.Path;
import java.util.Optional;

/// What a practice machine shall be.
///
/// @param disk where its boot disk goes: a file, which is made, or a block device, which is overwritten
/// @param sizeBytes size of that disk if it is a file; a block device is used whole
/// @param content what it serves at `/content.txt`
/// @param data its second disk, if it has one
public record PracticeSpec(Path disk, long sizeBytes, String content, Optional<DataDisk> data) {

    /// Boot loader, kernel and tools take 20 MB; the file system needs some room of its own.
    public static final long MIN_BYTES = 96L << 20;

    private static final long SIZE_UNIT = 1 << 20;

    /// A second disk: an ext4 file system without partitions, mounted on `/data`.
    ///
    /// @param disk where it goes: a file, which is made, or a block device, which is overwritten
    /// @param sizeBytes size if it is a file
    /// @param content what the machine prints of it at boot: its file `data.txt`
    public record DataDisk(Path disk, long sizeBytes, String content) {}

    public PracticeSpec {
        if (sizeBytes < MIN_BYTES || sizeBytes % SIZE_UNIT != 0) {
            throw new IllegalArgumentException("A practice machine's disk has whole MiB and at least "
                    + MIN_BYTES / SIZE_UNIT + " of them, not " + sizeBytes + " bytes.");
        }
    }
}
