package dev.breakwater.sitelocal.practice;

import dev.breakwater.sitelocal.host.HostCommand;
import dev.breakwater.sitelocal.host.HostMount;
import dev.breakwater.sitelocal.host.LoopDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Builds practice machines. Root mounts their file systems to fill them; other users have them filled by the
/// formatting program and the boot loader installed by a helper machine, and may build into files only.
public final class PracticeMachine {

    /// What the machine prints on its serial line when its services run.
    public static final String BOOTED = "=== BOOTED";

    /// The port on which it serves `/srv`.
    public static final int HTTP_PORT = 8080;

    /// Where the content lies in the machine's root file system.
    public static final String CONTENT_FILE = "srv/content.txt";

    /// The first partition begins here, as every partitioning program has it: room for the boot loader's start.
    public static final long PARTITION_START = 1 << 20;

    /// What extlinux 6.04 can read; newer formatting programs would add what it cannot.
    static final String FEATURES = "none,has_journal,ext_attr,resize_inode,dir_index,filetype,extent,flex_bg,"
            + "sparse_super,large_file,huge_file,dir_nlink,extra_isize";

    /// Smaller blocks, which are usual on small disks, give files more extents than extlinux can follow.
    static final String BLOCK_BYTES = "4096";

    private static final int SECTOR_BYTES = 512;
    private static final int MAX_BOOT_CODE_BYTES = 440;
    private static final int ACTIVE = 0x80;
    private static final int LINUX = 0x83;
    private static final Path BUSYBOX = Path.of("/usr/bin/busybox");
    private static final Path BUSYBOX_OLD = Path.of("/bin/busybox");
    private static final List<Path> BOOT_RECORDS =
            List.of(Path.of("/usr/lib/EXTLINUX/mbr.bin"), Path.of("/usr/lib/syslinux/mbr/mbr.bin"));

    private PracticeMachine() {}

    /// What this computer lacks to build practice machines; empty if nothing.
    public static List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String program : List.of("extlinux", "busybox", "mke2fs", "losetup", "addpart", "mount", "dpkg-deb")) {
            if (!HostCommand.installed(program)) {
                missing.add("the program " + program);
            }
        }
        if (bootRecord().isEmpty()) {
            missing.add("extlinux's boot record (package extlinux)");
        }
        if (!isRoot() && !Files.isExecutable(BootLoaderInstaller.QEMU)) {
            missing.add("either the rights of root or the program " + BootLoaderInstaller.QEMU);
        }
        return missing;
    }

    /// Builds a machine.
    ///
    /// @param spec what it shall be
    /// @param cache where kernels are kept, see [KernelFiles#defaultCache()]
    /// @throws IOException if something is missing or a step fails; nothing stays mounted or attached
    public static void build(PracticeSpec spec, Path cache) throws IOException, InterruptedException {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new IOException("No practice machine can be built here, because this computer lacks "
                    + String.join(", ", missing)
                    + ". Install the packages extlinux, busybox-static, e2fsprogs and util-linux.");
        }
        KernelFiles kernel = KernelFiles.in(cache);
        if (!isRoot()) {
            UnprivilegedBuild.build(spec, kernel);
            return;
        }
        withDevice(spec.disk(), spec.sizeBytes(), disk -> bootDisk(disk, spec, kernel));
        if (spec.data().isPresent()) {
            PracticeSpec.DataDisk data = spec.data().get();
            withDevice(data.disk(), data.sizeBytes(), disk -> dataDisk(disk, data.content()));
        }
    }

    /// Whether this user may attach loop devices and mount file systems.
    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// What is done to a disk.
    @FunctionalInterface
    private interface Work {
        void on(Path device) throws IOException, InterruptedException;
    }

    private static void withDevice(Path target, long sizeBytes, Work work) throws IOException, InterruptedException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            work.on(target);
            return;
        }
        emptyImage(target, sizeBytes);
        try (LoopDevice loop = LoopDevice.attach(target)) {
            work.on(loop.device());
        }
    }

    /// A file of that size that takes no space yet.
    static void emptyImage(Path target, long sizeBytes) throws IOException {
        Files.deleteIfExists(target);
        try (FileChannel file = FileChannel.open(
                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            file.write(ByteBuffer.allocate(1), sizeBytes - 1);
        }
    }

    private static void bootDisk(Path disk, PracticeSpec spec, KernelFiles kernel)
            throws IOException, InterruptedException {
        long size = sizeOf(disk);
        writeBootRecord(disk, size);
        Path partition = LoopDevice.partition(disk, 1, PARTITION_START, size - PARTITION_START);
        HostCommand.run(List.of(
                "mke2fs",
                "-q",
                "-F",
                "-t",
                "ext4",
                "-b",
                BLOCK_BYTES,
                "-O",
                FEATURES,
                "-L",
                "bw-root",
                partition.toString()));
        Path mountPoint = Files.createTempDirectory("bw-practice");
        try (HostMount mount = HostMount.ext4(partition, mountPoint)) {
            Path root = mount.point();
            fillRoot(root, spec, kernel);
            HostCommand.run(List.of(
                    "extlinux", "--install", root.resolve("boot/extlinux").toString()));
        } finally {
            Files.delete(mountPoint);
        }
    }

    static void fillRoot(Path root, PracticeSpec spec, KernelFiles kernel) throws IOException, InterruptedException {
        GuestFiles.write(root, busybox(), spec.content());
        Files.copy(kernel.kernel(), root.resolve("boot/vmlinuz"));
        Initramfs.write(root.resolve("boot/initrd"), "initramfs-init", kernel, busybox(), List.of());
    }

    private static void dataDisk(Path disk, String content) throws IOException, InterruptedException {
        HostCommand.run(List.of("mke2fs", "-q", "-F", "-t", "ext4", "-L", "bw-data", disk.toString()));
        Path mountPoint = Files.createTempDirectory("bw-practice");
        try (HostMount mount = HostMount.ext4(disk, mountPoint)) {
            Files.writeString(mount.point().resolve("data.txt"), content);
        } finally {
            Files.delete(mountPoint);
        }
    }

    static void writeBootRecord(Path disk, long size) throws IOException {
        byte[] code = Files.readAllBytes(
                bootRecord().orElseThrow(() -> new IOException("extlinux's boot record is missing")));
        ByteBuffer sector = ByteBuffer.allocate(SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(code, 0, Math.min(code.length, MAX_BOOT_CODE_BYTES));
        sector.put(446, (byte) ACTIVE)
                .put(450, (byte) LINUX)
                .putInt(454, (int) (PARTITION_START / SECTOR_BYTES))
                .putInt(458, (int) ((size - PARTITION_START) / SECTOR_BYTES))
                .putShort(510, (short) 0xaa55);
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            channel.write(sector.rewind(), 0);
            channel.force(true);
        }
    }

    static long sizeOf(Path disk) throws IOException {
        try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.READ)) {
            return channel.size();
        }
    }

    static Path busybox() {
        return Files.exists(BUSYBOX) ? BUSYBOX : BUSYBOX_OLD;
    }

    private static Optional<Path> bootRecord() {
        return BOOT_RECORDS.stream().filter(Files::exists).findFirst();
    }
}
