package dev.breakwater.changelog;

import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Takes the changes of a log, in their order.
public interface HrlVisitor {

    /// Data were written.
    ///
    /// @param offset where on the disk
    /// @param data the bytes, at most [HrlReader#MAX_PIECE_BYTES]; valid during the call only
    /// @throws IOException passed on to the caller of the reader
    void write(long offset, ByteBuffer data) throws IOException;

    /// A range now reads as zeros.
    ///
    /// @throws IOException passed on to the caller of the reader
    void zero(ByteRange range) throws IOException;
}
