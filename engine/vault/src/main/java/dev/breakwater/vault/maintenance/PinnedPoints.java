package dev.breakwater.vault.maintenance;

import java.io.IOException;
import java.util.Set;

/// Says which points are in use and must not be pruned.
@FunctionalInterface
public interface PinnedPoints {

    /// Nothing is in use.
    PinnedPoints NONE = Set::of;

    /// The slots of all points that are pinned now.
    ///
    /// @throws IOException if it cannot be told; nothing is pruned then
    Set<Long> slots() throws IOException;
}
