package dev.breakwater.diskexport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// Reads what an NBD client sends, in the pieces that the protocol has. Used by one thread.
final class NbdInput {

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(Nbd.MAX_OPTION_BYTES).flip();

    NbdInput(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /// The next bytes, as a view that is valid until the next call.
    ///
    /// @param count at most [Nbd#MAX_OPTION_BYTES]
    /// @throws EOFException if the client is gone
    ByteBuffer next(int count) throws IOException {
        if (buffer.remaining() < count) {
            buffer.compact();
            while (buffer.position() < count) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException("the client closed the connection");
                }
            }
            buffer.flip();
        }
        ByteBuffer piece = buffer.slice(buffer.position(), count);
        buffer.position(buffer.position() + count);
        return piece;
    }

    /// Throws away the next bytes.
    void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            int step = (int) Math.min(left, buffer.capacity());
            next(step);
            left -= step;
        }
    }
}
