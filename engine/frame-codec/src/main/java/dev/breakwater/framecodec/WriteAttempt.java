package dev.breakwater.framecodec;

import dev.breakwater.platform.Entropy;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/// One try at writing something, told from all others by 128 random bits.
///
/// The bits give each owner that seals frames in this attempt a key of its own, so that counting frames from 0 never
/// repeats a nonce. An attempt that was interrupted is abandoned and a new one drawn; it is never resumed. For
/// the same reason an owner gets one [FrameSealer] per attempt; a second one is refused. Safe for several threads.
public final class WriteAttempt {

    private final AttemptSalt salt;
    private final Set<FrameOwner> claimed = new HashSet<>();

    private WriteAttempt(AttemptSalt salt) {
        this.salt = salt;
    }

    /// A new attempt.
    public static WriteAttempt draw(Entropy entropy) {
        return new WriteAttempt(AttemptSalt.read(ByteBuffer.wrap(entropy.bytes(AttemptSalt.BYTES))));
    }

    /// What tells this attempt from all others; not secret.
    public AttemptSalt salt() {
        return salt;
    }

    /// Makes sure that no second sealer counts from 0 for the same owner.
    ///
    /// @throws IllegalStateException if the owner has its sealer already
    synchronized void claim(FrameOwner owner) {
        if (!claimed.add(owner)) {
            throw new IllegalStateException("The write attempt " + salt + " has a sealer for " + owner
                    + " already; a second one would use its nonces again. Draw a new attempt.");
        }
    }
}
