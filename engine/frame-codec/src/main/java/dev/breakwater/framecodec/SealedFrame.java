package dev.breakwater.framecodec;

/// What sealing made.
///
/// @param counter the frame's place within its write attempt
/// @param frameLength bytes that the frame takes where it is stored
/// @param rawLength bytes that it gives when opened
public record SealedFrame(int counter, int frameLength, int rawLength) {}
