package dev.breakwater.vault.check;

/// How much a check reads.
public enum CheckDepth {
    /// The log, the checkpoints, the whole index, and that every object is there and long enough. Some 1 % of the
    /// data.
    STRUCTURE,
    /// All that, and every byte of every point: each frame is opened and each block compared with its digest.
    DATA
}
