package dev.breakwater.framecodec;

/// Which frame of an owner: no two frames that an owner ever sealed have the same one. An index names frames so, and
/// [FrameOpener] refuses any other frame that lies in the place of the one asked for.
///
/// @param salt the write attempt
/// @param counter place within the attempt, from 0
public record FrameIdentity(AttemptSalt salt, int counter) {

    public FrameIdentity {
        if (counter < 0) {
            throw new IllegalArgumentException("A frame's counter is not negative: " + counter);
        }
    }

    @Override
    public String toString() {
        return salt + "/" + counter;
    }
}
