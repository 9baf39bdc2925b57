package dev.breakwater.mobility.capture;

import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Where captured blocks go: the connection to the process server, the spool, or a replica in a test.
///
/// Called from the thread that called [MachineCapture#copyPass] or [MachineCapture#closePoint], never while file
/// systems are frozen; it may block, which is how back-pressure works. Of two calls that name the same block
/// the later one holds. An exception ends the pass; what was handed over stays in the open generation, which
/// [MachineCapture#returnLost] makes dirty again.
public interface BlockSink {

    /// Takes content.
    ///
    /// @param disk whose
    /// @param offset first byte, on a 4 KiB boundary
    /// @param content remaining bytes: a multiple of 4 KiB, at most [dev.breakwater.model.Blocks#MAX_PIECE_BYTES].
    ///     The last block of a disk whose size is no multiple of 4 KiB is filled up with zeros. Valid only during
    ///     the call.
    /// @throws IOException if it cannot be taken
    void data(DiskId disk, long offset, ByteBuffer content) throws IOException;

    /// Whether [#compressed] is of use to it; whoever hands over only then compresses.
    default boolean takesCompressed() {
        return false;
    }

    /// Takes a large piece that comes compressed as well.
    ///
    /// @param content as for [#data], at least [dev.breakwater.model.Blocks#LARGE_PIECE_BYTES]
    /// @param stored the same as an LZ4 block if that is shorter by a sixteenth at least, else the content
    ///     once more; valid only during the call
    /// @throws IOException if it cannot be taken
    default void compressed(DiskId disk, long offset, ByteBuffer content, ByteBuffer stored) throws IOException {
        data(disk, offset, content);
    }

    /// Takes a range of zeros.
    ///
    /// @param disk whose
    /// @param offset first byte, on a 4 KiB boundary
    /// @param length a multiple of 4 KiB, any size
    /// @throws IOException if it cannot be taken
    void zeros(DiskId disk, long offset, long length) throws IOException;
}
