package dev.breakwater.framecodec;

import dev.breakwater.model.KeyEpochs;
import java.security.MessageDigest;
import java.util.Arrays;

/// What seals and opens the frames of one owner: 256 secret bits for each epoch of the vault's keys, from which the key
/// of each write attempt is derived. The newest epoch's secret seals, all of them open. Never shown.
public final class FrameKey {

    /// Bytes of one epoch's secret.
    public static final int KEY_BYTES = 32;

    private final byte[] secrets;

    private FrameKey(byte[] secrets) {
        this.secrets = secrets;
    }

    /// A key from the secrets of its epochs, the oldest first. They are copied.
    ///
    /// @throws IllegalArgumentException if it is not 32 bytes for each of 1 to 64 epochs
    public static FrameKey of(byte[] secrets) {
        if (secrets.length == 0 || secrets.length % KEY_BYTES != 0 || secrets.length > KeyEpochs.MAX * KEY_BYTES) {
            throw new IllegalArgumentException("A frame key has " + KEY_BYTES + " bytes for each of 1 to "
                    + KeyEpochs.MAX + " epochs, not " + secrets.length + ".");
        }
        return new FrameKey(secrets.clone());
    }

    /// How many epochs it has.
    public int epochs() {
        return secrets.length / KEY_BYTES;
    }

    /// What the key was before it was ever rotated.
    public FrameKey first() {
        return new FrameKey(secret(1));
    }

    /// A copy of the secret bytes, for whoever hands the key to another process. Clear it after use.
    public byte[] toBytes() {
        return secrets.clone();
    }

    /// The secret of one epoch, counted from 1.
    byte[] secret(int epoch) {
        return Arrays.copyOfRange(secrets, (epoch - 1) * KEY_BYTES, epoch * KEY_BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrameKey that && MessageDigest.isEqual(secrets, that.secrets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secrets);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "FrameKey(secret)";
    }
}
