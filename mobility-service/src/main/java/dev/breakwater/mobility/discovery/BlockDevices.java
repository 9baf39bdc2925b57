package dev.breakwater.mobility.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Block devices as sysfs shows them: partitions, what stands on what, where loop devices keep their bytes.
public final class BlockDevices {

    private static final Path BY_NUMBER = Path.of("/sys/dev/block");
    private static final Path BY_NAME = Path.of("/sys/class/block");
    private static final int SECTOR_BYTES = 512;

    private BlockDevices() {}

    /// Where a partition, or a whole disk, lies.
    ///
    /// @param disk the kernel's name of the whole disk
    /// @param offset first byte on it
    /// @param length bytes
    public record Place(String disk, long offset, long length) {}

    /// The kernel's name of a device by its number `major:minor`; empty if there is no such block device.
    static Optional<String> name(String number) throws IOException {
        Path link = BY_NUMBER.resolve(number);
        return Files.exists(link) ? Optional.of(link.toRealPath().getFileName().toString()) : Optional.empty();
    }

    /// Where a device lies; a whole disk lies on itself.
    ///
    /// @param path of the device, for example `/dev/sda2`
    /// @return empty if it is no block device
    /// @throws IOException if sysfs cannot be read
    public static Optional<Place> place(String path) throws IOException {
        if (!Files.exists(Path.of(path))) {
            return Optional.empty();
        }
        return placeOf(Path.of(path).toRealPath().getFileName().toString());
    }

    static Optional<Place> placeOf(String name) throws IOException {
        if (!Files.exists(BY_NAME.resolve(name))) {
            return Optional.empty();
        }
        Path folder = BY_NAME.resolve(name).toRealPath();
        long length = number(folder.resolve("size")) * SECTOR_BYTES;
        if (Files.exists(folder.resolve("partition"))) {
            String disk = folder.getParent() == null
                    ? name
                    : folder.getParent().getFileName().toString();
            return Optional.of(new Place(disk, number(folder.resolve("start")) * SECTOR_BYTES, length));
        }
        return Optional.of(new Place(name, 0, length));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    /// The devices that a device is directly made of: a partition's disk, the members of a volume or array.
    static Set<String> below(String name) throws IOException {
        Set<String> result = new LinkedHashSet<>();
        Optional<Place> place = placeOf(name);
        if (place.isPresent() && !place.get().disk().equals(name)) {
            result.add(place.get().disk());
        }
        Path slaves = BY_NAME.resolve(name).resolve("slaves");
        if (Files.isDirectory(slaves)) {
            try (Stream<Path> all = Files.list(slaves)) {
                all.forEach(slave -> result.add(slave.getFileName().toString()));
            }
        }
        return result;
    }

    /// The file in which a loop device keeps its bytes; empty if it is no loop device.
    static Optional<String> backingFile(String name) throws IOException {
        Path file = BY_NAME.resolve(name).resolve("loop/backing_file");
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /// The kernel's names of all whole disks.
    static List<String> wholeDisks() throws IOException {
        List<String> result = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/sys/block"))) {
            all.sorted().forEach(disk -> result.add(disk.getFileName().toString()));
        }
        return result;
    }

    static long sizeBytes(String name) throws IOException {
        return number(BY_NAME.resolve(name).resolve("size")) * SECTOR_BYTES;
    }

    /// A disk's serial number or world-wide name; empty if it has none.
    static String serial(String name) throws IOException {
        for (String file : List.of("serial", "device/serial", "wwid", "device/wwid")) {
            Path path = BY_NAME.resolve(name).resolve(file);
            if (Files.isReadable(path)) {
                String text = Files.readString(path).strip();
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }
}
