package dev.breakwater.model;

/// What a recovery point promises about the disks that it recovers.
public enum PointType {
    /// The disks are, byte for byte, what they were at one instant, as after a power cut.
    CRASH_CONSISTENT,
    /// As crash-consistent, and the applications had been asked to bring their files to rest.
    APPLICATION_CONSISTENT,
    /// Files and file-system structure are those of one instant; blocks which the file system was discarding at that
    /// instant, and which no file owns, may differ.
    FILE_SYSTEM_EQUIVALENT
}
