package dev.breakwater.mobility.consistency;

import java.io.IOException;

/// Something to do while the file systems are frozen and the point's content is fixed, for example to take a copy of
/// the disk for comparison. It must not write to a frozen file system: it would wait for the thaw, which waits
/// for it, until its time is over.
///
/// If blocks are discarded while it runs (a freeze does not hold off discards), its view of the disk was not that of
/// one instant; it is then run again, at most twice, after these blocks were copied.
@FunctionalInterface
public interface FrozenAction {

    /// Runs it.
    ///
    /// @return what to remark on the point, empty if nothing
    /// @throws IOException if it failed; the point is then not taken
    /// @throws InterruptedException if the caller was interrupted
    String run() throws IOException, InterruptedException;
}
