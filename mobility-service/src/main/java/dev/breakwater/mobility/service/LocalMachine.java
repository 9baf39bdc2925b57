package dev.breakwater.mobility.service;

import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.mobility.discovery.DiskDiscovery;
import dev.breakwater.mobility.discovery.MountedFileSystem;
import dev.breakwater.mobility.registration.Registrar;
import dev.breakwater.mobility.replication.ReplicationPorts;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.Hardware;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this machine is made of, as the kernel tells it.
///
/// @param discovery lists disks
/// @param version version of the mobility service
/// @param offered the disks that may be chosen for protection, the one that the machine starts from first; all if empty
public record LocalMachine(DiskDiscovery discovery, String version, List<String> offered)
        implements ReplicationPorts.MachineFacts {

    private static final Logger LOG = LoggerFactory.getLogger(LocalMachine.class);

    private static final int BOOT_RECORD_BYTES = 512;
    private static final int PARTITIONS_AT = 446;
    private static final int PARTITION_BYTES = 16;
    private static final int TYPE_AT = 4;
    private static final byte TYPE_GPT = (byte) 0xee;
    private static final byte TYPE_EFI = (byte) 0xef;

    /// A machine of unknown size gets this much memory.
    private static final long MEMORY_IF_UNKNOWN = 1L << 30;

    private static final int MAX_CARDS = 64;

    public LocalMachine {
        offered = List.copyOf(offered);
    }

    @Override
    public Hardware hardware(List<DiskDescription> disks) {
        var boot = disks.stream()
                .filter(DiskDescription::boot)
                .findFirst()
                .or(() -> disks.stream().findFirst());
        return new Hardware(
                boot.map(disk -> firmwareOf(Path.of(disk.name()))).orElse(Hardware.Firmware.BIOS),
                Runtime.getRuntime().availableProcessors(),
                memoryBytes(),
                networkCards(),
                disks);
    }

    @Override
    public void requireOffered(String device) throws IOException {
        if (!offers(device)) {
            throw new IOException("The disk " + device + " is not among those that this machine offers, so nothing is"
                    + " replicated. Unprotect the machine and protect " + String.join(", ", offered)
                    + ", or start its mobility service with another --offer.");
        }
    }

    private boolean offers(String device) {
        return offered.isEmpty() || offered.contains(device);
    }

    /// Everything that the configuration server shows of the machine.
    ///
    /// @throws IOException if the disks cannot be listed
    public MachineInventory inventory() throws IOException {
        var disks = new ArrayList<MachineInventory.InventoryDisk>();
        for (var disk : discovery.disks()) {
            if (!offers(disk.device())) {
                continue;
            }
            if (disks.size() == MachineInventory.MAX_DISKS) {
                break;
            }
            disks.add(new MachineInventory.InventoryDisk(
                    disk.device(),
                    disk.sizeBytes(),
                    offered.isEmpty() ? disk.boot() : disk.device().equals(offered.getFirst()),
                    disk.serial(),
                    disk.mounts().stream().map(MountedFileSystem::mountPoint).toList(),
                    disk.sizeBytes() > 0 ? "" : "It has no medium."));
        }
        Hardware.Firmware firmware =
                Files.isDirectory(Path.of("/sys/firmware/efi")) ? Hardware.Firmware.UEFI : Hardware.Firmware.BIOS;
        return new MachineInventory(
                Registrar.hostName(),
                operatingSystem(),
                version,
                firmware,
                Runtime.getRuntime().availableProcessors(),
                memoryBytes(),
                networkCards(),
                disks);
    }

    /// How a machine made of this disk must start: by what its partitions are for, not by how this machine started,
    /// because the disk may be an image.
    static Hardware.Firmware firmwareOf(Path disk) {
        var record = ByteBuffer.allocate(BOOT_RECORD_BYTES);
        try (var channel = FileChannel.open(disk, StandardOpenOption.READ)) {
            boolean more = true;
            while (more && record.hasRemaining()) {
                more = channel.read(record) >= 0;
            }
        } catch (IOException e) {
            LOG.debug("The boot record of {} cannot be read: {}", disk, e.getMessage());
        }
        boolean gpt = false;
        boolean efi = false;
        for (int i = 0; i < 4; i++) {
            byte type = record.get(PARTITIONS_AT + i * PARTITION_BYTES + TYPE_AT);
            gpt |= type == TYPE_GPT;
            efi |= type == TYPE_EFI;
        }
        boolean startedByUefi = Files.isDirectory(Path.of("/sys/firmware/efi"));
        return efi || (gpt && startedByUefi) ? Hardware.Firmware.UEFI : Hardware.Firmware.BIOS;
    }

    private static long memoryBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kib -> Long.parseLong(kib) << 10)
                    .findFirst()
                    .orElse(MEMORY_IF_UNKNOWN);
        } catch (IOException | NumberFormatException e) {
            return MEMORY_IF_UNKNOWN;
        }
    }

    private static String operatingSystem() {
        String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
        try {
            return Files.readAllLines(Path.of("/etc/os-release")).stream()
                            .filter(line -> line.startsWith("PRETTY_NAME="))
                            .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                            .findFirst()
                            .orElse("Linux")
                    + ", " + kernel;
        } catch (IOException e) {
            return kernel;
        }
    }

    private static List<Hardware.NetworkCard> networkCards() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(LocalMachine::card)
                    .flatMap(Optional::stream)
                    .limit(MAX_CARDS)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static Optional<Hardware.NetworkCard> card(NetworkInterface network) {
        try {
            byte[] address = network.getHardwareAddress();
            // A real card has a device behind it; bridges and tunnels have none.
            boolean real = Files.exists(Path.of("/sys/class/net", network.getName(), "device"));
            return address != null && address.length == 6 && real
                    ? Optional.of(new Hardware.NetworkCard(
                            network.getName(), HexFormat.ofDelimiter(":").formatHex(address)))
                    : Optional.empty();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
