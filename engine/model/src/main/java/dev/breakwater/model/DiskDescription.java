package dev.breakwater.model;

/// A disk of a machine, as it was at some point.
///
/// @param id identity
/// @param name what the machine called it, for example `/dev/sda`; for people, never an identity
/// @param sizeBytes capacity, a multiple of 512
/// @param boot whether the machine starts from it
public record DiskDescription(DiskId id, String name, long sizeBytes, boolean boot) {

    public DiskDescription {
        if (sizeBytes <= 0 || sizeBytes % 512 != 0) {
            throw new IllegalArgumentException("disk " + name + " has an impossible size: " + sizeBytes + " bytes");
        }
    }
}
