package dev.breakwater.vault.blob.azure;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Collects what is downloaded, up to a bound.
final class GrowingSink extends OutputStream {

    private static final int FIRST_BYTES = 64 * 1024;

    private final long maxBytes;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int count;

    GrowingSink(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        long needed = (long) count + length;
        if (needed > maxBytes) {
            throw new IOException("the object is longer than the " + maxBytes + " bytes that Breakwater ever writes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, Math.max(needed, bytes.length * 2L)));
        }
        System.arraycopy(source, offset, bytes, count, length);
        count += length;
    }

    ByteBuffer content() {
        return ByteBuffer.wrap(bytes, 0, count).slice();
    }
}
