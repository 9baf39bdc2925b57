package dev.breakwater.launcher.demo;

import dev.breakwater.launcher.rig.VaultPlace;
import dev.breakwater.launcher.vault.Comparison;
import dev.breakwater.launcher.vault.OpenVault;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// The demonstration's vault, seen without an engine.
final class DemoVault {

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
                    OptionalLong difference = Comparison.firstDifference(recovered, copied.copy());
                    same &= difference.isEmpty();
                    narrator.fact(
                            "%s  %s",
                            copied.point().id(),
                            difference.isEmpty()
                                    ? "equals the copy of the source, byte for byte"
                                    : "DIFFERS from the copy of the source at byte " + difference.getAsLong());
                }
            }
        }
        return same;
    }
}
