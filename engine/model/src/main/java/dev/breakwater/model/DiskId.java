package dev.breakwater.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Identity of a disk of a protected machine.
///
/// @param uuid the identity
public record DiskId(UUID uuid) implements Comparable<DiskId> {

    /// Reads the canonical text form.
    ///
    /// @throws IllegalArgumentException if the text is not a UUID
    public static DiskId of(String text) {
        return new DiskId(UUID.fromString(text));
    }

    /// The identity of a machine's disk, derived from the machine's own and the device: so that a vault can be seeded
    /// with a disk before the machine is protected.
    ///
    /// @param device for example `/dev/sda`
    public static DiskId of(MachineId machine, String device) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ByteBuffer digest = ByteBuffer.wrap(sha.digest((machine + " " + device).getBytes(StandardCharsets.UTF_8)));
            // Version 8, "custom", and the variant of all UUIDs.
            long high = (digest.getLong() & ~0xf000L) | 0x8000L;
            long low = (digest.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
            return new DiskId(new UUID(high, low));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(DiskId other) {
        return uuid.compareTo(other.uuid);
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}
