package dev.breakwater.diskexport;

/// How a disk lies in a file.
public enum ImageFormat {
    /// The disk's bytes and nothing else; ranges of zeros are holes of the file.
    RAW,
    /// As [#RAW], rounded up to whole MiB, with the 512-byte footer of a fixed VHD: what Azure takes as a disk.
    FIXED_VHD
}
