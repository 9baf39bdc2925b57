package dev.breakwater.vault.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// Writes the numbers of pages and documents: unsigned integers in groups of seven bits, least significant
/// group first (LEB128), everything else big-endian. Grows as needed.
public final class VarWriter {

    private byte[] bytes;
    private int size;

    /// @param expectedBytes room to begin with
    public VarWriter(int expectedBytes) {
        this.bytes = new byte[Math.max(16, expectedBytes)];
    }

    /// Bytes written so far.
    public int size() {
        return size;
    }

    /// Forgets what was written.
    public void clear() {
        size = 0;
    }

    /// What was written; valid until the next call.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /// One byte.
    public VarWriter u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /// An unsigned integer of up to 64 bits in 1 to 10 bytes.
    public VarWriter varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /// A signed integer, small magnitudes short (zigzag).
    public VarWriter signed(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    /// Eight bytes.
    public VarWriter u64(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /// Sixteen bytes.
    public VarWriter uuid(UUID value) {
        return u64(value.getMostSignificantBits()).u64(value.getLeastSignificantBits());
    }

    /// A text, its UTF-8 length before it.
    public VarWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        return raw(utf8, 0, utf8.length);
    }

    /// Bytes as they are.
    public VarWriter raw(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return this;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), Math.addExact(size, size / 2)));
        }
    }
}
