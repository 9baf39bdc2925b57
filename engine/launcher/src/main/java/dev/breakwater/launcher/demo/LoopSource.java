package dev.breakwater.launcher.demo;

import dev.breakwater.launcher.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The practice machine's disk as a real block device (a loop device) with its root file system mounted, as it is
/// inside
/// a running machine. Needs root.
final class LoopSource implements PracticeSource {

    private final String device;
    private final Path mount;
    private final Path content;
    private @Nullable Workload workload;

    private LoopSource(String device, Path mount, Path content) {
        this.device = device;
        this.mount = mount;
        this.content = content;
    }

    /// Attaches the image and mounts its first partition.
    ///
    /// @param content path of the served file inside the machine, without a leading slash
    static LoopSource attach(Path image, Path mount, String content) throws IOException {
        Files.createDirectories(mount);
        String device = Tool.run("losetup", "--find", "--show", "--partscan", image.toString());
        try {
            String partition = device + "p1";
            if (!Files.exists(Path.of(partition))) {
                Tool.run("partx", "--add", device);
            }
            Tool.run("mount", "-o", "noatime", partition, mount.toString());
            return new LoopSource(device, mount, mount.resolve(content));
        } catch (IOException e) {
            Tool.run("losetup", "--detach", device);
            throw e;
        }
    }

    @Override
    public String disk() {
        return device;
    }

    @Override
    public String description() {
        return "loop device " + device + " with its ext4 root mounted, live tracking";
    }

    @Override
    public long sizeBytes() {
        try {
            return Long.parseLong(Tool.run("blockdev", "--getsize64", device));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void startWorkload() throws IOException {
        workload = new Workload(mount.resolve("srv/load"));
        workload.start();
    }

    @Override
    public long workloadBytes() {
        return workload == null ? 0 : workload.writtenBytes();
    }

    @Override
    public void serve(String text) throws IOException {
        Path next = content.resolveSibling("." + content.getFileName() + ".new");
        Files.writeString(next, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(next, content, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void atPoint(Body body) throws IOException, InterruptedException {
        body.run();
    }

    @Override
    public List<String> copyCommand(Path target) {
        return List.of("dd", "if=" + device, "of=" + target, "bs=4M", "iflag=direct", "conv=sparse", "status=none");
    }

    @Override
    public void close() throws IOException {
        try {
            if (workload != null) {
                workload.close();
            }
        } finally {
            Tool.run("umount", mount.toString());
            Tool.run("partx", "--delete", device);
            Tool.run("losetup", "--detach", device);
        }
    }
}
