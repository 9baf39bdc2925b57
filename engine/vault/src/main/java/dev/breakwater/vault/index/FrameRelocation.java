package dev.breakwater.vault.index;

import java.io.IOException;

/// Says where a frame of data is to lie in the merged run: compaction moves some.
@FunctionalInterface
public interface FrameRelocation {

    /// Nothing moves.
    FrameRelocation NONE = frame -> frame;

    /// Where the frame lies from now on; the frame itself if it stays.
    FrameRef place(FrameRef frame) throws IOException, InterruptedException;
}
