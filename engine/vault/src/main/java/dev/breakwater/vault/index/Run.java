package dev.breakwater.vault.index;

import dev.breakwater.model.DiskId;

/// A sorted map of a disk for some adjacent slots: a tree of pages.
///
/// @param disk whose map
/// @param fromSlot first slot that it speaks of
/// @param toSlot last slot that it speaks of
/// @param root the topmost page
/// @param height 0 if the root is a page of extents, else levels of fences above those
/// @param extents how many extents, all versions counted
/// @param indexBytes what its pages take in the vault
public record Run(DiskId disk, long fromSlot, long toSlot, FrameRef root, int height, long extents, long indexBytes) {

    /// The most levels of fences: 512 pages under each make 2^45 pages at the height of 5.
    static final int MAX_HEIGHT = 5;

    /// Writes all of it.
    public void write(VarWriter target) {
        target.uuid(disk.uuid()).varint(fromSlot).varint(toSlot);
        root.write(target);
        target.varint(height).varint(extents).varint(indexBytes);
    }

    /// Reads all of it.
    public static Run read(VarReader source) throws IndexFormatException {
        return new Run(
                new DiskId(source.uuid()),
                source.varint(Long.MAX_VALUE),
                source.varint(Long.MAX_VALUE),
                FrameRef.read(source),
                source.varint(MAX_HEIGHT),
                source.varint(Long.MAX_VALUE),
                source.varint(Long.MAX_VALUE));
    }
}
