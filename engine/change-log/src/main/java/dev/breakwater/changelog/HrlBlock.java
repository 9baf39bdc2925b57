package dev.breakwater.changelog;

import java.util.List;

/// One metadata block and the entries whose data precede it.
///
/// @param at where the block starts in the file
/// @param previousDistance how far back the block before starts, 0 for the first
/// @param entries its entries, in order
/// @param strong whether the block carries our strong digest
record HrlBlock(long at, long previousDistance, List<HrlEntry> entries, boolean strong) {

    HrlBlock {
        entries = List.copyOf(entries);
    }

    /// Bytes of data before the block.
    long dataBytes() {
        return entries.stream().mapToLong(HrlEntry::dataBytes).sum();
    }
}
