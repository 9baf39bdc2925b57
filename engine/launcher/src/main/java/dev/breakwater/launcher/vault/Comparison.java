package dev.breakwater.launcher.vault;

import dev.breakwater.model.ReadableDisk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/// Compares a recovered disk with a copy of the original, byte for byte.
public final class Comparison {

    private static final int PIECE_BYTES = 1 << 20;

    private Comparison() {}

    /// The first byte at which the two differ; if one is shorter, its end.
    public static OptionalLong firstDifference(ReadableDisk disk, Path copy) throws IOException {
        ByteBuffer recovered = ByteBuffer.allocate(PIECE_BYTES);
        ByteBuffer expected = ByteBuffer.allocate(PIECE_BYTES);
        try (FileChannel file = FileChannel.open(copy, StandardOpenOption.READ)) {
            if (file.size() != disk.sizeBytes()) {
                return OptionalLong.of(Math.min(file.size(), disk.sizeBytes()));
            }
            for (long at = 0; at < disk.sizeBytes(); at += PIECE_BYTES) {
                int length = (int) Math.min(PIECE_BYTES, disk.sizeBytes() - at);
                disk.read(at, recovered.clear().limit(length));
                fill(file, at, expected.clear().limit(length));
                int mismatch = recovered.flip().mismatch(expected.flip());
                if (mismatch >= 0) {
                    return OptionalLong.of(at + mismatch);
                }
            }
        }
        return OptionalLong.empty();
    }

    private static void fill(FileChannel file, long at, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (file.read(target, at + target.position()) < 0) {
                throw new EOFException("The copy became shorter while it was being compared.");
            }
        }
    }
}
