package dev.breakwater.diskexport;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Speaks NBD byte by byte, well or badly, as a test wants.
final class RawNbdClient implements AutoCloseable {

    private final SocketChannel channel;

    RawNbdClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    RawNbdClient greet() throws IOException {
        read(18);
        send(ByteBuffer.allocate(4).putInt(Nbd.HANDSHAKE_FIXED_NEWSTYLE | Nbd.HANDSHAKE_NO_ZEROES));
        return this;
    }

    void option(int option, int length, byte[] data) throws IOException {
        send(ByteBuffer.allocate(16 + data.length)
                .putLong(Nbd.OPTION_MAGIC)
                .putInt(option)
                .putInt(length)
                .put(data));
    }

    /// The type of the next option reply; its data are dropped.
    int optionReply() throws IOException {
        ByteBuffer head = read(20);
        int type = head.getInt(12);
        read(head.getInt(16));
        return type;
    }

    void go(String export) throws IOException {
        byte[] name = export.getBytes(StandardCharsets.UTF_8);
        byte[] data = ByteBuffer.allocate(6 + name.length)
                .putInt(name.length)
                .put(name)
                .putShort((short) 0)
                .array();
        option(Nbd.OPT_GO, data.length, data);
        int reply = optionReply();
        while (reply == Nbd.REP_INFO) {
            reply = optionReply();
        }
        if (reply != Nbd.REP_ACK) {
            throw new IOException("refused: " + Integer.toHexString(reply));
        }
    }

    void request(int type, long cookie, long offset, int length) throws IOException {
        send(ByteBuffer.allocate(28)
                .putInt(Nbd.REQUEST_MAGIC)
                .putShort((short) 0)
                .putShort((short) type)
                .putLong(cookie)
                .putLong(offset)
                .putInt(length));
    }

    /// Error number of the next simple reply.
    int simpleReply() throws IOException {
        ByteBuffer head = read(16);
        if (head.getInt(0) != Nbd.SIMPLE_REPLY_MAGIC) {
            throw new IOException("not a simple reply");
        }
        return head.getInt(4);
    }

    void send(ByteBuffer bytes) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    ByteBuffer read(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
