package dev.breakwater.sitelocal.practice;

import dev.breakwater.sitelocal.host.HostMount;
import dev.breakwater.sitelocal.host.LoopDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A practice machine that "runs" on this computer: its disks are loop devices, its file systems are mounted, and
/// whoever writes below [#root()] is its workload. It can be protected like any machine; what is recovered boots.
public final class LivePracticeMachine implements AutoCloseable {

    private static final long DATA_BYTES_MIN = 16L << 20;

    private final Deque<AutoCloseable> open;
    private final List<LiveDisk> disks;

    /// A disk of the machine.
    ///
    /// @param device whole disk, for example `/dev/loop3`
    /// @param image the file behind it
    /// @param sizeBytes its size
    /// @param boot whether the machine starts from it
    /// @param mountPoint where its file system is mounted
    public record LiveDisk(Path device, Path image, long sizeBytes, boolean boot, Path mountPoint) {}

    private LivePracticeMachine(Deque<AutoCloseable> open, List<LiveDisk> disks) {
        this.open = open;
        this.disks = List.copyOf(disks);
    }

    /// Builds a machine straight onto loop devices and mounts it.
    ///
    /// @param folder where images and mount points go; `boot.img`, `data.img`, `root/`, `data/` are made there
    /// @param sizeBytes size of the boot disk
    /// @param dataBytes size of a second disk, 0 for none
    /// @param content what it serves at `/content.txt`
    /// @param cache where kernels are kept, see [KernelFiles#defaultCache()]
    /// @throws IOException if something is missing or a step fails; nothing stays mounted or attached then
    public static LivePracticeMachine start(Path folder, long sizeBytes, long dataBytes, String content, Path cache)
            throws IOException, InterruptedException {
        if (!PracticeMachine.isRoot()) {
            throw new IOException("Only root may attach and mount the disks of a live practice machine, so none was"
                    + " started. Become root.");
        }
        Files.createDirectories(folder);
        release(folder);
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            Path bootImage = sparse(folder.resolve("boot.img"), sizeBytes);
            LoopDevice boot = keep(open, LoopDevice.attach(bootImage));
            Optional<Path> dataImage = Optional.empty();
            Optional<LoopDevice> data = Optional.empty();
            if (dataBytes > 0) {
                dataImage = Optional.of(sparse(folder.resolve("data.img"), Math.max(dataBytes, DATA_BYTES_MIN)));
                data = Optional.of(keep(open, LoopDevice.attach(dataImage.get())));
            }
            PracticeMachine.build(
                    new PracticeSpec(
                            boot.device(),
                            sizeBytes,
                            content,
                            data.map(d ->
                                    new PracticeSpec.DataDisk(d.device(), dataBytes, "the data disk of " + content))),
                    cache);
            Path partition = LoopDevice.partition(
                    boot.device(), 1, PracticeMachine.PARTITION_START, sizeBytes - PracticeMachine.PARTITION_START);
            Path root = folder.resolve("root");
            keep(open, HostMount.ext4(partition, root));
            List<LiveDisk> disks = new ArrayList<>();
            disks.add(new LiveDisk(boot.device(), bootImage, sizeBytes, true, root));
            if (data.isPresent()) {
                Path mountPoint = folder.resolve("data");
                keep(open, HostMount.ext4(data.get().device(), mountPoint));
                Path image = dataImage.get();
                disks.add(new LiveDisk(data.get().device(), image, Files.size(image), false, mountPoint));
            }
            return new LivePracticeMachine(open, disks);
        } catch (IOException | InterruptedException | RuntimeException e) {
            closeAll(open);
            throw e;
        }
    }

    /// Unmounts and detaches what a machine in this folder left behind whose program was killed.
    ///
    /// @throws IOException if something stays in use
    public static void release(Path folder) throws IOException, InterruptedException {
        HostMount.unmount(folder.resolve("root"));
        HostMount.unmount(folder.resolve("data"));
        LoopDevice.attachedBelow(folder).forEach(LoopDevice::close);
    }

    private static <T extends AutoCloseable> T keep(Deque<AutoCloseable> open, T resource) {
        open.push(resource);
        return resource;
    }

    private static Path sparse(Path file, long sizeBytes) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
        }
        return file.toAbsolutePath();
    }

    /// The disks, the boot disk first.
    public List<LiveDisk> disks() {
        return disks;
    }

    /// The machine's root folder on this computer.
    public Path root() {
        return disks.getFirst().mountPoint();
    }

    /// The file that the recovered machine serves at `/content.txt`.
    public Path contentFile() {
        return root().resolve(PracticeMachine.CONTENT_FILE);
    }

    /// Unmounts and detaches; the images stay.
    @Override
    public void close() {
        closeAll(open);
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("loop devices and mounts do not throw on close", e);
            }
        }
    }
}
