package dev.breakwater.sitelocal.practice;

import dev.breakwater.sitelocal.host.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Builds a practice machine into files for a user who may neither attach nor mount them.
final class UnprivilegedBuild {

    private static final int KIB = 1024;

    private UnprivilegedBuild() {}

    static void build(PracticeSpec spec, KernelFiles kernel) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("bw-practice");
        try {
            bootDisk(spec, kernel, work);
            if (spec.data().isPresent()) {
                PracticeSpec.DataDisk data = spec.data().get();
                Path content = Files.createDirectories(work.resolve("data"));
                Files.writeString(content.resolve("data.txt"), data.content());
                PracticeMachine.emptyImage(data.disk(), data.sizeBytes());
                format(data.disk(), content, "bw-data", 0, data.sizeBytes(), List.of());
            }
        } finally {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void bootDisk(PracticeSpec spec, KernelFiles kernel, Path work)
            throws IOException, InterruptedException {
        if (Files.exists(spec.disk()) && !Files.isRegularFile(spec.disk())) {
            throw new IOException("Only root may build a practice machine on the device " + spec.disk()
                    + ", so it was left alone. Give a file, or become root.");
        }
        Path root = Files.createDirectories(work.resolve("root"));
        PracticeMachine.fillRoot(root, spec, kernel);
        PracticeMachine.emptyImage(spec.disk(), spec.sizeBytes());
        PracticeMachine.writeBootRecord(spec.disk(), spec.sizeBytes());
        format(
                spec.disk(),
                root,
                "bw-root",
                PracticeMachine.PARTITION_START,
                spec.sizeBytes() - PracticeMachine.PARTITION_START,
                List.of("-b", PracticeMachine.BLOCK_BYTES, "-O", PracticeMachine.FEATURES));
        BootLoaderInstaller.install(spec.disk(), kernel, PracticeMachine.busybox(), work);
    }

    private static void format(Path image, Path content, String label, long offset, long size, List<String> more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4"));
        command.addAll(more);
        command.addAll(List.of(
                "-L",
                label,
                "-d",
                content.toString(),
                "-E",
                "root_owner=0:0,offset=" + offset,
                image.toString(),
                size / KIB + "k"));
        HostCommand.run(command);
    }
}
