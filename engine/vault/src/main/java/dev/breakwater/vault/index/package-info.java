/// The map of a disk: extents sorted by block, in sealed pages under a tree of fences, for one slot or merged
/// over many of them with all versions that a live point sees. Reading and merging hold a bounded number of
/// pages, whatever the size of the map.
@NullMarked
package dev.breakwater.vault.index;

import org.jspecify.annotations.NullMarked;
