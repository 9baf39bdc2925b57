package dev.breakwater.mobility.capture;

import dev.breakwater.model.DiskId;

/// A disk that is captured.
///
/// @param id identity, given by the configuration server
/// @param device path of the whole disk (`/dev/sda`, `/dev/loop0`; never a partition) or of an image file
/// @param sizeBytes capacity, a multiple of 512
public record ProtectedDisk(DiskId id, String device, long sizeBytes) {

    public ProtectedDisk {
        if (!device.startsWith("/")) {
            throw new IllegalArgumentException("A disk is named by its absolute path: \"" + device + "\"");
        }
        if (sizeBytes <= 0 || sizeBytes % 512 != 0) {
            throw new IllegalArgumentException("Disk " + device + " has an impossible size: " + sizeBytes + " bytes");
        }
    }
}
