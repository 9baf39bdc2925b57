package dev.breakwater.vault.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Reads what [VarWriter] wrote. Nothing that it meets makes it read past the end or allocate more than the
/// input has bytes.
public final class VarReader {

    private final ByteBuffer source;
    private final String what;

    /// @param source its remaining bytes are read
    /// @param what names the thing that is read, for errors
    public VarReader(ByteBuffer source, String what) {
        this.source = source;
        this.what = what;
    }

    /// One byte, 0 to 255.
    public int u8() throws IndexFormatException {
        need(1);
        return source.get() & 0xff;
    }

    /// An unsigned integer of up to 64 bits.
    public long varint() throws IndexFormatException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte b = source.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw damaged("a number has more than 64 bits");
    }

    /// An unsigned integer that must not be larger than `max`.
    public long varint(long max) throws IndexFormatException {
        long value = varint();
        if (value < 0 || value > max) {
            throw damaged("a number is " + Long.toUnsignedString(value) + ", but at most " + max + " is possible");
        }
        return value;
    }

    /// An unsigned integer that must not be larger than `max`, as an int.
    public int varint(int max) throws IndexFormatException {
        return (int) varint((long) max);
    }

    /// The number of things that follow, each of at least one byte.
    public int count() throws IndexFormatException {
        return varint(source.remaining());
    }

    /// A signed integer.
    public long signed() throws IndexFormatException {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /// Eight bytes.
    public long u64() throws IndexFormatException {
        need(8);
        return source.getLong();
    }

    /// Sixteen bytes.
    public UUID uuid() throws IndexFormatException {
        return new UUID(u64(), u64());
    }

    /// A text.
    public String text() throws IndexFormatException {
        byte[] utf8 = raw(count());
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /// Bytes as they are.
    public byte[] raw(int length) throws IndexFormatException {
        need(length);
        byte[] bytes = new byte[length];
        source.get(bytes);
        return bytes;
    }

    /// Makes sure that nothing is left.
    public void end() throws IndexFormatException {
        if (source.hasRemaining()) {
            throw damaged(source.remaining() + " bytes are left over");
        }
    }

    /// An exception that names the thing being read.
    public IndexFormatException damaged(String why) {
        return new IndexFormatException("The " + what + " cannot be understood: " + why + ".");
    }

    private void need(int bytes) throws IndexFormatException {
        if (source.remaining() < bytes) {
            throw damaged("it ends too early");
        }
    }
}
