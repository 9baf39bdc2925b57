package dev.breakwater.launcher.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A client of an NBD server on a unix socket. Several reads may be under way, as with a virtual machine. The
/// numbers of the protocol stand in its `doc/proto.md`.
final class NbdReader implements AutoCloseable {

    private static final int OPT_EXPORT_NAME = 1;
    private static final int NO_ZEROES = 1 << 1;
    private static final long I_HAVE_OPT = 0x49484156454f5054L;
    private static final int GREETING_BYTES = 18;
    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int REQUEST_BYTES = 28;
    private static final int REPLY_BYTES = 16;

    private final SocketChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(REQUEST_BYTES);

    /// Connects to the server's first export.
    NbdReader(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        fill(ByteBuffer.allocate(GREETING_BYTES));
        send(ByteBuffer.allocate(20)
                .putInt(1 | NO_ZEROES)
                .putLong(I_HAVE_OPT)
                .putInt(OPT_EXPORT_NAME)
                .putInt(0)
                .flip());
        // Size and flags; without the zeroes that old clients get.
        fill(ByteBuffer.allocate(10));
    }

    /// Asks for a range; the answer is to be [taken][#take].
    void ask(long cookie, long offset, int length) throws IOException {
        send(head.clear()
                .putInt(REQUEST_MAGIC)
                .putInt(0)
                .putLong(cookie)
                .putLong(offset)
                .putInt(length)
                .flip());
    }

    /// The next answer, whichever it is.
    ///
    /// @param target gets the content; all requests under way must be of its capacity
    /// @return the request's cookie
    /// @throws IOException if the server could not read
    long take(ByteBuffer target) throws IOException {
        fill(head.clear().limit(REPLY_BYTES));
        int error = head.getInt(4);
        if (error != 0) {
            throw new IOException("The server answered a read with error " + error + ".");
        }
        fill(target.clear());
        return head.getLong(8);
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void fill(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new EOFException("The NBD server ended the connection.");
            }
        }
        target.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
