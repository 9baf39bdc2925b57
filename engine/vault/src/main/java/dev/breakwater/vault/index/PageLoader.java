package dev.breakwater.vault.index;

import java.io.IOException;

/// Where pages come from: the vault through a bounded cache. Safe for several threads.
public interface PageLoader {

    /// A page of extents.
    ExtentPage extents(FrameRef page) throws IOException;

    /// A page of fences.
    FencePage fences(FrameRef page) throws IOException;

    /// The digests that belong to a page of extents, 16 bytes for each block of data.
    byte[] digests(FrameRef page) throws IOException;
}
