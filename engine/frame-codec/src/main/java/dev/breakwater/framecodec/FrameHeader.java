package dev.breakwater.framecodec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The 40 bytes before a frame's content, in clear but authenticated. Big-endian:
///
/// ```
///   0  4  magic "BWF1"
///   4  4  stored length: bytes of content between header and tag
///   8  4  raw length: bytes of content once opened
///  12  1  codec: 0 as it is, 1 LZ4 block
///  13  3  zero
///  16 16  salt of the write attempt
///  32  4  counter within the attempt
///  36  4  zero
/// ```
///
/// @param storedLength bytes of content between header and tag, 1 to [#MAX_RAW_BYTES]
/// @param rawLength bytes of content once opened, 1 to [#MAX_RAW_BYTES]
/// @param compressed whether the content is an LZ4 block
/// @param identity which frame this is
public record FrameHeader(int storedLength, int rawLength, boolean compressed, FrameIdentity identity) {

    /// Bytes of a header.
    public static final int BYTES = 40;

    /// Bytes of the authentication tag at a frame's end.
    public static final int TAG_BYTES = 16;

    /// Bytes that a frame takes beyond its stored content.
    public static final int OVERHEAD_BYTES = BYTES + TAG_BYTES;

    /// The most that one frame holds: the largest piece of a disk (256 KiB) and room beside it for metadata that is
    /// packed to about that size. Bounds what a reader must be ready to hold for a frame that
    /// it does not trust yet.
    public static final int MAX_RAW_BYTES = 320 * 1024;

    static final int MAGIC = 0x42574631;
    static final byte CODEC_RAW = 0;
    static final byte CODEC_LZ4 = 1;
    static final int SALT_OFFSET = 16;
    static final int COUNTER_OFFSET = 32;

    /// Reads the header at the buffer's position and leaves the position behind it.
    ///
    /// What it says is not proved before the frame is opened.
    ///
    /// @throws FrameException if there is no possible header
    public static FrameHeader read(ByteBuffer frame) throws FrameException {
        if (frame.remaining() < OVERHEAD_BYTES) {
            throw new FrameException(
                    FrameException.Kind.CUT,
                    "A frame of " + frame.remaining() + " bytes is cut: the shortest has " + OVERHEAD_BYTES + ".");
        }
        ByteBuffer header = frame.slice(frame.position(), BYTES).order(ByteOrder.BIG_ENDIAN);
        int stored = header.getInt(4);
        int raw = header.getInt(8);
        byte codec = header.get(12);
        boolean possible = header.getInt(0) == MAGIC
                && stored >= 1
                && stored <= MAX_RAW_BYTES
                && raw >= 1
                && raw <= MAX_RAW_BYTES
                && (codec == CODEC_LZ4 ? stored < raw : codec == CODEC_RAW && stored == raw)
                && (header.getInt(12) & 0xffffff) == 0
                && header.getInt(36) == 0
                && header.getInt(COUNTER_OFFSET) >= 0;
        if (!possible) {
            throw new FrameException(
                    FrameException.Kind.DAMAGED, "There is no frame here: its header has impossible values.");
        }
        AttemptSalt salt = AttemptSalt.read(header.position(SALT_OFFSET));
        frame.position(frame.position() + BYTES);
        return new FrameHeader(stored, raw, codec == CODEC_LZ4, new FrameIdentity(salt, header.getInt(COUNTER_OFFSET)));
    }

    /// Bytes of the whole frame.
    public int frameLength() {
        return storedLength + OVERHEAD_BYTES;
    }

    static void write(
            byte[] target, int at, int storedLength, int rawLength, byte codec, AttemptSalt salt, int counter) {
        putInt(target, at, MAGIC);
        putInt(target, at + 4, storedLength);
        putInt(target, at + 8, rawLength);
        putInt(target, at + 12, codec << 24);
        putInt(target, at + SALT_OFFSET, (int) (salt.high() >>> 32));
        putInt(target, at + SALT_OFFSET + 4, (int) salt.high());
        putInt(target, at + SALT_OFFSET + 8, (int) (salt.low() >>> 32));
        putInt(target, at + SALT_OFFSET + 12, (int) salt.low());
        putInt(target, at + COUNTER_OFFSET, counter);
        putInt(target, at + COUNTER_OFFSET + 4, 0);
    }

    private static void putInt(byte[] target, int at, int value) {
        target[at] = (byte) (value >>> 24);
        target[at + 1] = (byte) (value >>> 16);
        target[at + 2] = (byte) (value >>> 8);
        target[at + 3] = (byte) value;
    }
}
