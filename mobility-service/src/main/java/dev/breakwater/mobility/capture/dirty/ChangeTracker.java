package dev.breakwater.mobility.capture.dirty;

import java.io.IOException;
import java.util.Optional;

/// Learns which blocks change and marks them in [DirtyMap]s.
public interface ChangeTracker extends AutoCloseable {

    /// Why changes may have gone unseen; empty while none did. Once present it stays.
    Optional<String> loss();

    /// Marks what is known so far; changes that are under way may be missing. Not needed for soundness: it only makes
    /// passes see more.
    ///
    /// @throws IOException if the source of knowledge fails
    void refresh() throws IOException;

    /// Waits until every write that had ended before this call is marked.
    ///
    /// @throws IOException if that cannot be had
    /// @throws InterruptedException if the caller is interrupted
    void barrier() throws IOException, InterruptedException;

    /// Ends this run; what the kernel keeps for the next run stays.
    @Override
    void close();
}
