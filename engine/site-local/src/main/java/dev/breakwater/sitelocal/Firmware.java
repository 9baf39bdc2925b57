package dev.breakwater.sitelocal;

import dev.breakwater.model.Hardware;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.site.SiteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// How a run's machine starts.
///
/// @param arguments QEMU's arguments for it
record Firmware(List<String> arguments) {

    private static final int SECTOR_BYTES = 512;
    private static final int FIRST_PARTITION_TYPE = 450;
    private static final int GPT_PROTECTIVE = 0xee;

    /// Firmware and an empty store for its variables, as Debian and Fedora name them.
    private static final List<List<Path>> UEFI = List.of(
            List.of(Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd"), Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd")),
            List.of(Path.of("/usr/share/OVMF/OVMF_CODE.fd"), Path.of("/usr/share/OVMF/OVMF_VARS.fd")),
            List.of(Path.of("/usr/share/edk2/ovmf/OVMF_CODE.fd"), Path.of("/usr/share/edk2/ovmf/OVMF_VARS.fd")));

    /// Chooses the firmware. A boot disk with an old partition table starts by BIOS whatever the machine was said to
    /// have: UEFI systems lie on disks with a GUID partition table.
    static Firmware of(Hardware hardware, ReadableDisk bootDisk, Path runFolder) throws IOException, SiteException {
        if (hardware.firmware() == Hardware.Firmware.BIOS || !hasGuidPartitionTable(bootDisk)) {
            return new Firmware(List.of());
        }
        for (List<Path> pair : UEFI) {
            if (Files.exists(pair.getFirst()) && Files.exists(pair.getLast())) {
                Path variables = runFolder.resolve("uefi-variables.fd");
                Files.copy(pair.getLast(), variables, StandardCopyOption.REPLACE_EXISTING);
                return new Firmware(List.of(
                        "-drive",
                        "if=pflash,format=raw,readonly=on,file=" + pair.getFirst(),
                        "-drive",
                        "if=pflash,format=raw,file=" + variables.toString().replace(",", ",,")));
            }
        }
        throw new SiteException("The machine starts by UEFI, and this computer has no UEFI firmware for QEMU, so the"
                + " machine was not started. Install the package ovmf.");
    }

    private static boolean hasGuidPartitionTable(ReadableDisk disk) throws IOException {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR_BYTES);
        disk.read(0, sector);
        return (sector.get(FIRST_PARTITION_TYPE) & 0xff) == GPT_PROTECTIVE;
    }
}
