package dev.breakwater.vault.index;

import dev.breakwater.framecodec.FrameHeader;
import dev.breakwater.framecodec.FrameIdentity;

/// A frame and where it lies.
///
/// @param source object and write attempt
/// @param counter place within the attempt
/// @param offset first byte in the object
/// @param frameLength bytes of the sealed frame
/// @param rawLength bytes of its content
public record FrameRef(FrameSource source, int counter, long offset, int frameLength, int rawLength) {

    /// Which frame it must be.
    public FrameIdentity identity() {
        return new FrameIdentity(source.salt(), counter);
    }

    /// Writes all of it.
    public void write(VarWriter target) {
        source.write(target);
        target.varint(counter).varint(offset).varint(frameLength).varint(rawLength);
    }

    /// Reads all of it.
    public static FrameRef read(VarReader source) throws IndexFormatException {
        FrameSource from = FrameSource.read(source);
        return new FrameRef(
                from,
                source.varint(Integer.MAX_VALUE),
                source.varint(ExtentPage.MAX_OBJECT_OFFSET),
                source.varint(FrameHeader.MAX_RAW_BYTES + FrameHeader.OVERHEAD_BYTES),
                source.varint(FrameHeader.MAX_RAW_BYTES));
    }
}
