package dev.breakwater.vault.blob.azure;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// Puts what is downloaded straight into the caller's buffer.
final class BufferSink extends OutputStream {

    private final ByteBuffer target;

    BufferSink(ByteBuffer target) {
        this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
        require(1);
        target.put((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        require(length);
        target.put(bytes, offset, length);
    }

    private void require(int length) throws IOException {
        if (target.remaining() < length) {
            throw new IOException("the answer is longer than the range that was asked for");
        }
    }
}
