package dev.breakwater.mobility.discovery;

/// A mounted file system.
///
/// @param mountPoint one of the folders where it is mounted
/// @param type as the kernel names it, for example `ext4`
/// @param device number of the device below it, `major:minor`
/// @param readOnly whether nothing can be written to it
/// @param depth how many other file systems lie between it and the disk; a higher one is frozen earlier
public record MountedFileSystem(String mountPoint, String type, String device, boolean readOnly, int depth) {}
