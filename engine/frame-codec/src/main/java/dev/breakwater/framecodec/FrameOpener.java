package dev.breakwater.framecodec;

import dev.breakwater.platform.lz4.Lz4Block;
import dev.breakwater.platform.lz4.Lz4Exception;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;

/// Opens frames of one owner. The opposite of [FrameSealer]. Holds buffers; not for several threads.
///
/// A frame does not say in which epoch it was sealed: the newest is tried first. A write attempt belongs to one epoch,
/// so that what fitted once is tried alone from then on.
public final class FrameOpener {

    /// Attempts whose derived keys are remembered: neighbouring blocks of a disk stem from few attempts, and
    /// deriving a key costs a few microseconds.
    private static final int REMEMBERED_ATTEMPTS = 256;

    private final FrameKey key;
    private final FrameOwner owner;
    private final byte[] ownerBytes;
    private final FrameCipher cipher = new FrameCipher();
    private final Map<AttemptSalt, SecretKey> attemptKeys = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AttemptSalt, SecretKey> eldest) {
            return size() > REMEMBERED_ATTEMPTS;
        }
    };
    private byte[] frameScratch = new byte[0];
    private byte[] content = new byte[0];
    private byte[] rawScratch = new byte[0];

    /// An opener for the frames of one owner.
    public FrameOpener(FrameKey key, FrameOwner owner) {
        this.key = key;
        this.owner = owner;
        this.ownerBytes = owner.toBytes();
    }

    /// Opens the frame that is the buffer's remaining bytes, and puts its content at the target's position,
    /// which moves behind it. The frame's position moves to its limit.
    ///
    /// @param identity the frame that must be there
    /// @param frame exactly one frame
    /// @param target has room for the frame's raw length
    /// @throws FrameException if it is another frame, damaged, cut, or claims to hold more than the target can;
    ///     the target holds nothing that may be used
    public void open(FrameIdentity identity, ByteBuffer frame, ByteBuffer target) throws FrameException {
        int frameLength = frame.remaining();
        FrameHeader header = FrameHeader.read(frame);
        frame.position(frame.position() - FrameHeader.BYTES);
        if (header.frameLength() != frameLength) {
            throw new FrameException(
                    FrameException.Kind.CUT,
                    "The frame " + identity + " should have " + header.frameLength() + " bytes, but there are "
                            + frameLength + ".");
        }
        if (!header.identity().equals(identity)) {
            throw new FrameException(
                    FrameException.Kind.FOREIGN,
                    "In the place of the frame " + identity + " lies the frame " + header.identity() + ".");
        }
        if (target.remaining() < header.rawLength()) {
            // What a header claims is not proved yet: this is damage, and no mistake of the caller.
            throw new FrameException(
                    FrameException.Kind.DAMAGED,
                    "The frame " + identity + " claims to hold " + header.rawLength() + " bytes, but at most "
                            + target.remaining() + " can be here.");
        }
        openInto(header, frame, frameLength, target);
    }

    private void openInto(FrameHeader header, ByteBuffer frame, int frameLength, ByteBuffer target)
            throws FrameException {
        byte[] source;
        int at;
        if (frame.hasArray()) {
            source = frame.array();
            at = frame.arrayOffset() + frame.position();
        } else {
            frameScratch = atLeast(frameScratch, frameLength);
            source = frameScratch;
            at = 0;
            frame.get(frame.position(), source, 0, frameLength);
        }
        frame.position(frame.limit());
        int rawLength = header.rawLength();
        byte[] raw = target.hasArray() ? target.array() : rawScratch(rawLength);
        int to = target.hasArray() ? target.arrayOffset() + target.position() : 0;
        if (header.compressed()) {
            content = atLeast(content, header.storedLength());
            decrypt(header, source, at, content, 0);
            decompress(header, raw, to);
        } else {
            decrypt(header, source, at, raw, to);
        }
        if (target.hasArray()) {
            target.position(target.position() + rawLength);
        } else {
            target.put(raw, 0, rawLength);
        }
    }

    private void decrypt(FrameHeader header, byte[] frame, int at, byte[] target, int to) throws FrameException {
        FrameIdentity identity = header.identity();
        SecretKey remembered = attemptKeys.get(identity.salt());
        int epoch = remembered == null ? key.epochs() : 1;
        while (true) {
            SecretKey tried = remembered != null
                    ? remembered
                    : FrameCipher.attemptKey(key.secret(epoch), ownerBytes, identity.salt());
            try {
                cipher.open(tried, identity.counter(), ownerBytes, frame, at, header.storedLength(), target, to);
                attemptKeys.put(identity.salt(), tried);
                return;
            } catch (GeneralSecurityException e) {
                epoch--;
                if (epoch == 0) {
                    throw new FrameException(
                            FrameException.Kind.DAMAGED,
                            "The frame " + identity + " is damaged, or was not sealed for " + owner + " with this key.",
                            e);
                }
            }
        }
    }

    private void decompress(FrameHeader header, byte[] target, int to) throws FrameException {
        ByteBuffer block = ByteBuffer.wrap(content, 0, header.storedLength());
        try {
            Lz4Block.decompress(block, header.rawLength(), ByteBuffer.wrap(target, to, target.length - to));
        } catch (Lz4Exception e) {
            throw new FrameException(
                    FrameException.Kind.DAMAGED,
                    "The frame " + header.identity() + " is authentic, but damaged inside: " + e.getMessage(),
                    e);
        }
    }

    private byte[] rawScratch(int length) {
        rawScratch = atLeast(rawScratch, length);
        return rawScratch;
    }

    private static byte[] atLeast(byte[] buffer, int length) {
        return buffer.length >= length ? buffer : new byte[length];
    }
}
