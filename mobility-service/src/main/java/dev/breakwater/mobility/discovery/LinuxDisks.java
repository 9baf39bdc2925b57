package dev.breakwater.mobility.discovery;

import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Disks and mounts of this Linux machine, from sysfs and procfs.
public final class LinuxDisks implements DiskDiscovery {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path SWAPS = Path.of("/proc/swaps");
    /// Devices on files on devices on files …; deeper is a circle.
    private static final int MAX_DEPTH = 16;

    private static final Set<String> IN_PLACE = Set.of("ext2", "ext3", "ext4", "xfs");

    private static final List<String> NO_DISKS = List.of("ram", "zram", "sr", "fd", "dm-", "md");

    /// Active swap.
    ///
    /// @param path of the partition or file
    /// @param partition whether it is a partition, else a file
    public record Swap(String path, boolean partition) {}

    @Override
    public List<DiscoveredDisk> disks() throws IOException {
        List<DiscoveredDisk> result = new ArrayList<>();
        List<MountTable.Line> mounts = mounts();
        for (String name : BlockDevices.wholeDisks()) {
            if (NO_DISKS.stream().anyMatch(name::startsWith) || BlockDevices.sizeBytes(name) == 0) {
                continue;
            }
            String device = "/dev/" + name;
            boolean swap = false;
            for (Swap active : swaps()) {
                Set<String> under = new HashSet<>();
                collect(swapDevice(active, mounts), 0, mounts, under, new HashMap<>());
                swap |= under.contains(name);
            }
            List<MountedFileSystem> on = fileSystemsOn(List.of(device));
            boolean boot = on.stream().anyMatch(m -> m.mountPoint().equals("/"));
            result.add(new DiscoveredDisk(
                    device, BlockDevices.sizeBytes(name), BlockDevices.serial(name), on, boot, swap));
        }
        return result;
    }

    private static String swapDevice(Swap swap, List<MountTable.Line> mounts) throws IOException {
        if (swap.partition()) {
            return Path.of(swap.path()).toRealPath().getFileName().toString();
        }
        return holder(swap.path(), mounts).flatMap(line -> deviceOf(line)).orElse("");
    }

    @Override
    public List<MountedFileSystem> fileSystemsOn(List<String> devices) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (String device : devices) {
            BlockDevices.place(device).ifPresent(place -> wanted.add(place.disk()));
        }
        List<MountTable.Line> mounts = mounts();
        Map<String, MountedFileSystem> byDevice = new HashMap<>();
        for (MountTable.Line line : mounts) {
            Optional<String> device = deviceOf(line);
            if (device.isEmpty() || byDevice.containsKey(line.device()) || !reachable(line, mounts)) {
                continue;
            }
            Map<String, Integer> depths = new HashMap<>();
            collect(device.get(), 0, mounts, new HashSet<>(), depths);
            int depth = -1;
            for (Map.Entry<String, Integer> below : depths.entrySet()) {
                if (wanted.contains(below.getKey())) {
                    depth = Math.max(depth, below.getValue());
                }
            }
            if (depth >= 0) {
                byDevice.put(
                        line.device(),
                        new MountedFileSystem(line.mountPoint(), line.type(), line.device(), line.readOnly(), depth));
            }
        }
        return byDevice.values().stream()
                .sorted(Comparator.comparingInt(MountedFileSystem::depth)
                        .reversed()
                        .thenComparing(MountedFileSystem::mountPoint))
                .toList();
    }

    /// Whether the mount's path leads to it: a folder, and nothing was mounted over it later.
    private static boolean reachable(MountTable.Line line, List<MountTable.Line> mounts) {
        Path path = Path.of(line.mountPoint());
        for (MountTable.Line later : mounts.subList(mounts.indexOf(line) + 1, mounts.size())) {
            if (path.startsWith(later.mountPoint())) {
                return false;
            }
        }
        return Files.isDirectory(path);
    }

    /// The kernel's name of the device below a mount. Some file systems (btrfs) have numbers of their own: then
    /// what was mounted tells.
    private static Optional<String> deviceOf(MountTable.Line line) {
        try {
            Optional<String> name = BlockDevices.name(line.device());
            if (name.isEmpty() && line.source().startsWith("/dev/") && Files.exists(Path.of(line.source()))) {
                name = Optional.of(
                        Path.of(line.source()).toRealPath().getFileName().toString());
            }
            return name;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Everything below a device, itself included, and through how many file systems it is reached.
    private static void collect(
            String name, int depth, List<MountTable.Line> mounts, Set<String> seen, Map<String, Integer> depths)
            throws IOException {
        if (name.isEmpty() || depth > MAX_DEPTH || !seen.add(name)) {
            return;
        }
        depths.merge(name, depth, Math::max);
        for (String below : BlockDevices.below(name)) {
            collect(below, depth, mounts, seen, depths);
        }
        Optional<String> file = BlockDevices.backingFile(name);
        if (file.isPresent()) {
            Optional<String> under = holder(file.get(), mounts).flatMap(LinuxDisks::deviceOf);
            if (under.isPresent()) {
                collect(under.get(), depth + 1, mounts, seen, depths);
            }
        }
    }

    /// The mount in which a file lies: the one with the longest matching path, the last of them if mounted over.
    private static Optional<MountTable.Line> holder(String file, List<MountTable.Line> mounts) {
        MountTable.Line best = null;
        for (MountTable.Line line : mounts) {
            if (Path.of(file).startsWith(line.mountPoint())
                    && (best == null
                            || line.mountPoint().length() >= best.mountPoint().length())) {
                best = line;
            }
        }
        return Optional.ofNullable(best);
    }

    private static List<MountTable.Line> mounts() throws IOException {
        return MountTable.parse(Files.readAllLines(MOUNTS));
    }

    /// The swap that is in use.
    ///
    /// @throws IOException if the kernel's list cannot be read
    public List<Swap> swaps() throws IOException {
        List<Swap> result = new ArrayList<>();
        List<String> lines = Files.exists(SWAPS) ? Files.readAllLines(SWAPS) : List.of();
        for (String line : lines.stream().skip(1).toList()) {
            String[] fields = line.split("\\s+", -1);
            if (fields.length > 1 && Files.exists(Path.of(fields[0]))) {
                result.add(new Swap(fields[0], fields[1].equals("partition")));
            }
        }
        return result;
    }

    /// The ranges of a disk that belong to some mounted file system, directly or through volumes and stacked
    /// devices; in ascending order.
    ///
    /// @param device path of a whole disk
    /// @throws IOException if the kernel's lists cannot be read
    public List<ByteRange> coveredOn(String device) throws IOException {
        Optional<BlockDevices.Place> disk = BlockDevices.place(device);
        List<MountTable.Line> mounts = mounts();
        Set<ByteRange> ranges = new TreeSet<>(Comparator.comparingLong(ByteRange::offset));
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>();
        for (MountTable.Line line : mounts) {
            deviceOf(line).ifPresent(next::add);
        }
        while (!next.isEmpty()) {
            String name = next.remove();
            Optional<BlockDevices.Place> place = BlockDevices.placeOf(name);
            if (!seen.add(name) || place.isEmpty()) {
                continue;
            }
            if (disk.isPresent()
                    && place.get().disk().equals(disk.get().disk())
                    && place.get().length() > 0) {
                ranges.add(new ByteRange(place.get().offset(), place.get().length()));
            }
            if (place.get().disk().equals(name)) {
                next.addAll(BlockDevices.below(name));
            }
            BlockDevices.backingFile(name)
                    .flatMap(file -> holder(file, mounts))
                    .flatMap(LinuxDisks::deviceOf)
                    .ifPresent(next::add);
        }
        return List.copyOf(ranges);
    }

    /// The number, `major:minor`, of the file system in which a file lies; empty if it lies in none that is mounted.
    ///
    /// @throws IOException if the kernel's lists cannot be read
    public String numberOfFileSystem(Path file) throws IOException {
        return holder(file.toString(), mounts()).map(MountTable.Line::device).orElse("");
    }

    /// Where the file system of a file lies that stays in the same blocks of the device while it is overwritten, so
    /// that its extents tell which blocks of the disk it has.
    ///
    /// @return empty if that is no part of a whole disk, or the file system moves files (btrfs) or spreads them (a
    ///     real-time device of xfs)
    /// @throws IOException if the kernel's lists cannot be read
    public Optional<BlockDevices.Place> placeOfFixedFiles(String file) throws IOException {
        Optional<MountTable.Line> line = holder(file, mounts())
                .filter(mount -> IN_PLACE.contains(mount.type()))
                .filter(mount -> !mount.options().contains("rtdev="));
        Optional<String> device = line.flatMap(LinuxDisks::deviceOf);
        return device.isEmpty() ? Optional.empty() : BlockDevices.placeOf(device.get());
    }
}
