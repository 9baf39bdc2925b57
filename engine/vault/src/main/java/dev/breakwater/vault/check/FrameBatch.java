package dev.breakwater.vault.check;

import dev.breakwater.model.BlockDigester;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.RunBuilder;
import dev.breakwater.vault.object.FrameAccess;
import dev.breakwater.vault.reading.FrameCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Some frames of a disk that are opened and held against their digests together.
///
/// @param access reads and opens frames
/// @param disk whose they are
/// @param pieces what must be in them
record FrameBatch(FrameAccess access, DiskId disk, List<FramePiece> pieces) {

    /// What was found.
    ///
    /// @param frames how many were opened
    /// @param bytes what they take in the vault
    /// @param bad pieces that are not what they must be
    record Result(long frames, long bytes, List<Bad> bad) {}

    /// A piece that is not what it must be.
    ///
    /// @param piece which
    /// @param cause why its frame does not open; empty if it opens
    /// @param block else the first wrong block of the disk
    record Bad(FramePiece piece, Optional<String> cause, long block) {}

    Result open() throws IOException {
        Set<FrameRef> frames = new LinkedHashSet<>();
        pieces.forEach(piece -> frames.add(piece.frame()));
        Map<FrameRef, String> damage = new HashMap<>();
        Map<FrameRef, byte[]> contents = contents(frames, damage);
        BlockDigester digester = new BlockDigester(access.digestKey());
        List<Bad> bad = new ArrayList<>();
        byte[] digests = new byte[Blocks.MAX_PIECE_BYTES / Blocks.BLOCK_BYTES * RunBuilder.DIGEST_BYTES];
        for (FramePiece piece : pieces) {
            byte[] content = contents.get(piece.frame());
            if (content == null) {
                bad.add(new Bad(piece, Optional.of(damage.getOrDefault(piece.frame(), "unreadable")), 0));
                continue;
            }
            ByteBuffer blocks = ByteBuffer.wrap(content, piece.at(), piece.blocks() * Blocks.BLOCK_BYTES);
            digester.digest(blocks, piece.blocks(), digests, 0);
            int length = piece.digests().length;
            int at = Arrays.mismatch(piece.digests(), 0, length, digests, 0, length);
            if (at >= 0) {
                bad.add(new Bad(piece, Optional.empty(), piece.firstBlock() + at / RunBuilder.DIGEST_BYTES));
            }
        }
        long bytes = contents.keySet().stream().mapToLong(FrameRef::frameLength).sum();
        return new Result(contents.size(), bytes, bad);
    }

    private Map<FrameRef, byte[]> contents(Set<FrameRef> frames, Map<FrameRef, String> damage) throws IOException {
        FrameCache fresh = new FrameCache(access, 0);
        try {
            return fresh.load(disk, frames);
        } catch (IOException e) {
            MachineCheck.cause(e);
        }
        Map<FrameRef, byte[]> sound = new HashMap<>();
        for (FrameRef frame : frames) {
            try {
                sound.putAll(fresh.load(disk, List.of(frame)));
            } catch (IOException e) {
                damage.put(frame, MachineCheck.cause(e));
            }
        }
        return sound;
    }
}
