package dev.breakwater.model;

/// Epochs of a vault's keys: each rotation begins one, and those before are kept for what was sealed in them.
public final class KeyEpochs {

    /// Bounds what is tried for a frame and what is sent with an assignment: a rotation each quarter for 16 years.
    public static final int MAX = 64;

    private KeyEpochs() {}
}
