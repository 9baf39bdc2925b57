package dev.breakwater.vault.log;

/// Bounds of a machine's writer.
///
/// @param segmentBytes a segment is handed over when it reaches this size: 1 to 64 MiB
/// @param inlineBytes a generation that is smaller when sealed lies in the slot's object itself, at most 4 MiB
/// @param maxPieces writes and zeros in one generation; senders cut their generations well below it
/// @param storeAttempts how often a slot's object is tried while the store says that trying again may help
public record WriterLimits(int segmentBytes, int inlineBytes, int maxPieces, int storeAttempts) {

    /// 16 MiB segments: upload in a few seconds on a slow line, few enough objects for a full disk. 1 MiB inline: a
    /// small point costs one object. 2^20 pieces: eight times what senders collect, 40 MiB of bookkeeping.
    public static final WriterLimits DEFAULT = new WriterLimits(16 << 20, 1 << 20, 1 << 20, 5);

    public WriterLimits {
        if (segmentBytes < 1 << 20 || segmentBytes > 64 << 20) {
            throw new IllegalArgumentException("a segment has 1 to 64 MiB, not " + segmentBytes + " bytes");
        }
        if (inlineBytes < 0 || inlineBytes > 4 << 20) {
            throw new IllegalArgumentException("inline data have at most 4 MiB, not " + inlineBytes + " bytes");
        }
        if (maxPieces < 1 || maxPieces > 1 << 22 || storeAttempts < 1) {
            throw new IllegalArgumentException(
                    "impossible limits: " + maxPieces + " pieces, " + storeAttempts + " tries");
        }
    }
}
