package dev.breakwater.framecodec;

import dev.breakwater.model.VaultId;
import java.nio.ByteBuffer;
import java.util.UUID;

/// Whom a frame belongs to. A frame opens only for the owner that it was sealed for.
///
/// @param vault the vault that holds it
/// @param owner the disk whose data it holds, or the machine whose metadata it holds
public record FrameOwner(VaultId vault, UUID owner) {

    /// Bytes of the binary form.
    static final int BYTES = 32;

    /// The vault's identity, then the owner's, 16 bytes each, big-endian.
    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(vault.uuid().getMostSignificantBits())
                .putLong(vault.uuid().getLeastSignificantBits())
                .putLong(owner.getMostSignificantBits())
                .putLong(owner.getLeastSignificantBits())
                .array();
    }
}
