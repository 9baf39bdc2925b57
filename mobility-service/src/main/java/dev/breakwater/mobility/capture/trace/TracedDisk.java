package dev.breakwater.mobility.capture.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A block device whose events can be traced, as sysfs describes it.
///
/// @param name the kernel's name, for example `loop0`
/// @param number the kernel's device number, major in the bits from 20
/// @param sequence a number that no other disk of this boot has; 0 if the kernel does not tell
/// @param sectors capacity in sectors of 512 bytes
/// @param requestBased whether its requests have events; else only its bios have
/// @param multiRangeDiscards whether one discard request may name several ranges, of which its event tells one
/// @param counted whether the kernel counts its sectors
public record TracedDisk(
        String name,
        int number,
        long sequence,
        long sectors,
        boolean requestBased,
        boolean multiRangeDiscards,
        boolean counted) {

    private static final Path BLOCK = Path.of("/sys/block");
    private static final int MAJOR_SHIFT = 20;
    /// Places in /sys/block/X/stat.
    private static final int STAT_WRITTEN = 6;

    private static final int STAT_DISCARDED = 13;

    /// Reads what sysfs says.
    ///
    /// @param device path of a whole disk
    /// @throws IOException if it is none
    public static TracedDisk of(String device) throws IOException {
        String name = Path.of(device).toRealPath().getFileName().toString();
        Path folder = BLOCK.resolve(name);
        if (!Files.isDirectory(folder)) {
            throw new IOException(device + " is not a whole disk: /sys/block/" + name + " does not exist");
        }
        String[] number = text(folder.resolve("dev")).split(":", 2);
        return new TracedDisk(
                name,
                Integer.parseInt(number[0]) << MAJOR_SHIFT | Integer.parseInt(number[1]),
                number(folder.resolve("diskseq"), 0),
                number(folder.resolve("size"), 0),
                Files.isDirectory(folder.resolve("mq")),
                number(folder.resolve("queue/max_discard_segments"), 1) > 1,
                number(folder.resolve("queue/iostats"), 0) == 1);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static long number(Path file, long otherwise) throws IOException {
        return Files.exists(file) ? Long.parseLong(text(file)) : otherwise;
    }

    /// Sectors that were written and discarded since the disk appeared.
    ///
    /// @throws IOException if the disk is gone
    public long sectorsChanged() throws IOException {
        String[] fields = text(BLOCK.resolve(name).resolve("stat")).split("\\s+", -1);
        long discarded = fields.length > STAT_DISCARDED ? Long.parseLong(fields[STAT_DISCARDED]) : 0;
        return Long.parseLong(fields[STAT_WRITTEN]) + discarded;
    }

    /// Whether no write is under way.
    ///
    /// @throws IOException if the disk is gone
    public boolean quiet() throws IOException {
        return text(BLOCK.resolve(name).resolve("inflight"))
                .split("\\s+", -1)[1]
                .equals("0");
    }
}
