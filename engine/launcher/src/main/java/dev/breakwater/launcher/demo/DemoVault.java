package dev.breakwater.launcher.demo;

import dev.breakwater.launcher.rig.VaultPlace;
import dev.breakwater.launcher.vault.OpenVault;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The demonstration's vault, seen without an engine.
final class DemoVault {

    private static final int PIECE_BYTES = 1 << 20;

    private DemoVault() {}

    /// Creates the vault and writes its recovery key into the file.
    static void create(VaultPlace place, Path key) throws IOException {
        OpenVault.writeRecoveryKey(
                key, OpenVault.create(place.location(), place.environment()).recoveryKey());
    }

    /// Compares each point with the copy of the source that was taken at it.
    ///
    /// @return whether every byte is the same
    static boolean compare(VaultPlace place, Path key, List<Demo.Copied> copies, Narrator narrator) throws IOException {
        boolean same = true;
        try (OpenVault vault = OpenVault.open(place.location(), place.environment(), key);
                MachineReader reader = vault.reader(copies.getFirst().point().machine())) {
            for (Demo.Copied copied : copies) {
                DiskDescription disk = copied.point().hardware().disks().getFirst();
                try (ReadableDisk recovered = reader.disk(copied.point().id(), disk.id())) {
                    long difference = firstDifference(recovered, copied.copy());
                    same &= difference < 0;
                    narrator.fact(
                            "%s  %s",
                            copied.point().id(),
                            difference < 0
                                    ? "equals the copy of the source, byte for byte"
                                    : "DIFFERS from the copy of the source at byte " + difference);
                }
            }
        }
        return same;
    }

    private static long firstDifference(ReadableDisk disk, Path copy) throws IOException {
        ByteBuffer recovered = ByteBuffer.allocate(PIECE_BYTES);
        ByteBuffer expected = ByteBuffer.allocate(PIECE_BYTES);
        try (FileChannel file = FileChannel.open(copy, StandardOpenOption.READ)) {
            if (file.size() != disk.sizeBytes()) {
                return Math.min(file.size(), disk.sizeBytes());
            }
            for (long at = 0; at < disk.sizeBytes(); at += PIECE_BYTES) {
                int length = (int) Math.min(PIECE_BYTES, disk.sizeBytes() - at);
                recovered.clear().limit(length);
                expected.clear().limit(length);
                disk.read(at, recovered);
                while (expected.hasRemaining() && file.read(expected, at + expected.position()) >= 0) {
                    // The loop's head reads on until the piece is full; the size was compared before.
                    assert expected.position() > 0;
                }
                int mismatch = recovered.flip().mismatch(expected.flip());
                if (mismatch >= 0) {
                    return at + mismatch;
                }
            }
        }
        return -1;
    }
}
