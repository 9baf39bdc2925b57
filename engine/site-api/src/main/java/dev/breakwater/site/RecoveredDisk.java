package dev.breakwater.site;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.ReadableDisk;

/// A disk at a recovery point, from which a machine shall run.
///
/// @param description what the disk was on the protected machine
/// @param content its bytes; stays open, and is closed by whoever opened it, until the run is cleaned up
public record RecoveredDisk(DiskDescription description, ReadableDisk content) {}
