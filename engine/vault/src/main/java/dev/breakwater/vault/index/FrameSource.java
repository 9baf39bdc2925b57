package dev.breakwater.vault.index;

import dev.breakwater.framecodec.AttemptSalt;

/// Where frames of one write attempt lie.
///
/// @param object the object that holds them
/// @param salt the attempt that sealed them; compaction moves frames to other objects, and the salt with them
public record FrameSource(ObjectRef object, AttemptSalt salt) {

    void write(VarWriter target) {
        object.write(target);
        target.u64(salt.high()).u64(salt.low());
    }

    static FrameSource read(VarReader source) throws IndexFormatException {
        return new FrameSource(ObjectRef.read(source), new AttemptSalt(source.u64(), source.u64()));
    }
}
