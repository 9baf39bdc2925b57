package dev.breakwater.vault.index;

import dev.breakwater.model.DiskId;
import java.io.IOException;

/// Says where a frame of data is to lie in the merged run: compaction moves some.
@FunctionalInterface
public interface FrameRelocation {

    /// Nothing moves.
    FrameRelocation NONE = (disk, frame) -> frame;

    /// Where the frame lies from now on; the frame itself if it stays.
    ///
    /// @param disk whose data it holds
    FrameRef place(DiskId disk, FrameRef frame) throws IOException, InterruptedException;
}
