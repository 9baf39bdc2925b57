package dev.breakwater.launcher.bench;

import dev.breakwater.launcher.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds how fast this program and what it has started read a disk, while it is open. A virtual disk that comes out of
/// its host's memory is as fast as no disk is; held to a rate, it tells what happens with a disk of that rate. The
/// kernel holds it: control groups v2, `io.max`, or v1, `blkio.throttle.read_bps_device` (Linux, admin-guide,
/// `cgroup-v2.rst` and `cgroup-v1/blkio-controller.rst`).
final class HeldDisk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldDisk.class);

    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final Path GROUP = ROOT.resolve("breakwater-bench");
    private static final Path GROUP_V1 = ROOT.resolve("blkio/breakwater-bench");

    private final Path group;
    private final Path before;

    private HeldDisk(Path group, Path before) {
        this.group = group;
        this.before = before;
    }

    /// Holds the disk from now on.
    ///
    /// @throws IOException if this computer's kernel or this user's rights do not allow it
    static HeldDisk to(long bytesPerSecond, String disk) throws IOException {
        String numbers = Tool.run("lsblk", "--nodeps", "--noheadings", "--output", "MAJ:MIN", disk)
                .strip();
        boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
        if (unified) {
            Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+io");
        }
        HeldDisk held = new HeldDisk(unified ? GROUP : GROUP_V1, present(unified));
        try {
            Files.createDirectories(held.group);
            if (unified) {
                Files.writeString(GROUP.resolve("io.max"), numbers + " rbps=" + bytesPerSecond);
            } else {
                Files.writeString(GROUP_V1.resolve("blkio.throttle.read_bps_device"), numbers + " " + bytesPerSecond);
            }
            move(held.group);
        } catch (IOException e) {
            held.close();
            throw new IOException("The disk cannot be held to a rate: " + e.getMessage(), e);
        }
        return held;
    }

    /// The group in which this program is: a line of `/proc/self/cgroup` is number, controllers and path.
    private static Path present(boolean unified) throws IOException {
        Path root = unified ? ROOT : Optional.ofNullable(GROUP_V1.getParent()).orElse(ROOT);
        return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> List.of(fields[1].split(",", -1)).contains(unified ? "" : "blkio"))
                .map(fields -> root.resolve(fields[2].substring(1)))
                .findFirst()
                .orElse(root);
    }

    /// Whatever runs now; what is started later begins in the group of who starts it.
    private static void move(Path group) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        List<Long> members = Stream.concat(Stream.of(self), self.descendants())
                .map(ProcessHandle::pid)
                .toList();
        for (long member : members) {
            try {
                Files.writeString(group.resolve("cgroup.procs"), Long.toString(member));
            } catch (IOException e) {
                if (ProcessHandle.of(member).isPresent()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            move(before);
            Files.deleteIfExists(group);
        } catch (IOException e) {
            LOG.warn("The control group {} stays behind: {}", group, e.getMessage());
        }
    }
}
