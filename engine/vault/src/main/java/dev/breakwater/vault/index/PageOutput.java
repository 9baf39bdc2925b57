package dev.breakwater.vault.index;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where the pages of a new run go.
@FunctionalInterface
public interface PageOutput {

    /// Seals a page and puts it into the object that is being written.
    ///
    /// @param raw content, not used after the call
    /// @return where it lies; usable at once in pages above
    FrameRef append(ByteBuffer raw) throws IOException, InterruptedException;
}
