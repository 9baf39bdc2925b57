package dev.breakwater.control.machine;

import dev.breakwater.control.Field;
import dev.breakwater.model.DiskId;

/// A disk to protect.
///
/// @param id its identity in the vault
/// @param device what the machine calls it, as in its inventory or as the administrator wrote it
/// @param sizeBytes its size when protection was enabled; 0 if it was not known then
/// @param boot whether the machine starts from it
public record DiskOrder(DiskId id, String device, long sizeBytes, boolean boot) {

    public DiskOrder {
        Field.required(id, "id");
        Field.text(device, "device", 4096);
    }
}
