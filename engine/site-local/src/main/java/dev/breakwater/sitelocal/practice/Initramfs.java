package dev.breakwater.sitelocal.practice;

import dev.breakwater.sitelocal.host.HostCommand;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// The practice machine's first file system: busybox, drivers, and a script that finds the root.
final class Initramfs {

    /// Drivers of the machine that our local site makes, in the order in which they need each other.
    private static final List<String> FIRST = List.of(
            "virtio_ring",
            "virtio",
            "virtio_pci_modern_dev",
            "virtio_pci_legacy_dev",
            "virtio_pci",
            "virtio_blk",
            "failover",
            "net_failover",
            "virtio_net",
            "button",
            "evdev");

    /// Drivers for other machines: SCSI and IDE disks, VMware's and Hyper-V's devices. The script finds their order.
    private static final List<String> MORE = List.of(
            "scsi_common",
            "scsi_mod",
            "sd_mod",
            "libata",
            "ata_generic",
            "ata_piix",
            "virtio_scsi",
            "vmw_pvscsi",
            "vmxnet3",
            "hv_vmbus",
            "scsi_transport_fc",
            "hv_storvsc",
            "hv_netvsc");

    private static final Pattern MODULE = Pattern.compile("(.*)\\.ko(\\.xz|\\.zst)?");

    private Initramfs() {}

    /// Writes the archive, compressed.
    ///
    /// @param init resource that is its first program
    /// @param programs files of this computer that it also holds, under their own paths
    static void write(Path target, String init, KernelFiles kernel, Path busybox, List<Path> programs)
            throws IOException, InterruptedException {
        Map<String, Path> modules = modules(kernel.modules());
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
            CpioArchive archive = new CpioArchive(out);
            for (String folder : List.of("bin", "modules", "modules/first", "modules/more")) {
                archive.folder(folder);
            }
            archive.file("bin/busybox", Files.readAllBytes(busybox));
            archive.file("init", GuestFiles.bytes(init));
            add(archive, "modules/first", FIRST, modules);
            add(archive, "modules/more", MORE, modules);
            addPrograms(archive, programs);
            archive.finish();
        }
    }

    private static void addPrograms(CpioArchive archive, List<Path> programs) throws IOException {
        Set<String> folders = new HashSet<>(Set.of("bin"));
        for (Path program : programs) {
            String path = program.toString().substring(1);
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                if (folders.add(path.substring(0, slash))) {
                    archive.folder(path.substring(0, slash));
                }
            }
            archive.file(path, Files.readAllBytes(program));
        }
    }

    /// A driver that a kernel does not have as a module is built in, or not to be had; the script copes with both.
    private static void add(CpioArchive archive, String folder, List<String> names, Map<String, Path> modules)
            throws IOException, InterruptedException {
        for (int i = 0; i < names.size(); i++) {
            Path module = modules.get(names.get(i));
            if (module != null) {
                archive.file(folder + "/" + (char) ('a' + i) + "-" + names.get(i) + ".ko", plain(module));
            }
        }
    }

    /// A driver's bytes. Newer systems compress them, and the machine's tools may not know how.
    private static byte[] plain(Path module) throws IOException, InterruptedException {
        String name = module.getFileName().toString();
        if (name.endsWith(".ko")) {
            return Files.readAllBytes(module);
        }
        Path copy = Files.createTempFile("bw-module", name.substring(name.lastIndexOf('.')));
        Path unpacked = Path.of(copy.toString().substring(0, copy.toString().lastIndexOf('.')));
        try {
            Files.copy(module, copy, StandardCopyOption.REPLACE_EXISTING);
            HostCommand.run(List.of(name.endsWith(".xz") ? "unxz" : "unzstd", "--force", copy.toString()));
            return Files.readAllBytes(unpacked);
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(unpacked);
        }
    }

    private static Map<String, Path> modules(Path folder) throws IOException {
        Map<String, Path> byName = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> {
                Matcher name = MODULE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    byName.put(name.group(1), file);
                }
            });
        }
        return byName;
    }
}
