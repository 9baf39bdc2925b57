package dev.breakwater.vault.check;

import dev.breakwater.vault.index.FrameRef;

/// Blocks that lie in one frame and belong together to some slots.
///
/// @param frame where they lie
/// @param firstBlock number of the first on the disk
/// @param at where they begin in the frame's content, bytes
/// @param blocks how many
/// @param digests what their digests must be
/// @param slot the slot that wrote them
/// @param newer the slot that wrote over them, or the greatest number
@SuppressWarnings("ArrayRecordComponent") // never compared
record FramePiece(FrameRef frame, long firstBlock, int at, int blocks, byte[] digests, long slot, long newer) {}
