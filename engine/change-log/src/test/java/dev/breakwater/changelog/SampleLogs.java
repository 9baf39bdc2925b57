package dev.breakwater.changelog;

import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;

/// Logs with known content.
final class SampleLogs {

    static final long DISK_BYTES = 8 << 20;
    static final UUID DISK = UUID.fromString("6f1c9a52-0000-4000-8000-0000000000d1");
    static final UUID INCARNATION = UUID.fromString("6f1c9a52-0000-4000-8000-00000000001c");
    static final UUID POINT = UUID.fromString("6f1c9a52-0000-4000-8000-000000000009");
    static final int TORN_WRITES = 300;
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T22:00:00Z"));

    private SampleLogs() {}

    static HrlOrigin origin(long generation) {
        return new HrlOrigin(DISK, DISK_BYTES, INCARNATION, generation, HrlOrigin.NONE);
    }

    static HrlWriter writer(Path path, UUID id, UUID previous) throws IOException {
        return HrlWriter.create(path, id, previous, origin(1), CLOCK);
    }

    /// Makes random changes to the model and the log alike.
    static void change(HrlWriter writer, byte[] disk, Random random, int changes) throws IOException {
        for (int i = 0; i < changes; i++) {
            int blocks = 1 + random.nextInt(16);
            int offset = random.nextInt((int) (DISK_BYTES / 4096) - blocks) * 4096;
            byte[] data = new byte[blocks * 4096];
            if (random.nextInt(5) == 0) {
                writer.zero(new ByteRange(offset, data.length));
            } else {
                random.nextBytes(data);
                writer.write(offset, ByteBuffer.wrap(data));
            }
            System.arraycopy(data, 0, disk, offset, data.length);
        }
    }

    /// A small finished log: two writes, zeros over half of the first, a write of one sector.
    static void golden(Path path) throws IOException {
        Files.deleteIfExists(path);
        var id = UUID.fromString("6f1c9a52-0000-4000-8000-000000000011");
        var previous = UUID.fromString("6f1c9a52-0000-4000-8000-000000000010");
        try (var writer = writer(path, id, previous)) {
            writer.write(0, filled(8192, 'a'));
            writer.write(1 << 20, filled(4096, 'b'));
            writer.zero(new ByteRange(4096, 4096));
            writer.write(512, filled(512, 'c'));
            writer.finish(7, POINT);
        }
    }

    /// A log whose writer died: two whole blocks of 127 writes each, and the data of a third.
    static void torn(Path path) throws IOException {
        Files.deleteIfExists(path);
        var id = UUID.fromString("6f1c9a52-0000-4000-8000-000000000012");
        try (var writer = writer(path, id, HrlOrigin.NONE)) {
            for (int i = 0; i < TORN_WRITES; i++) {
                writer.write(i * 4096L, filled(512, tornValue(i)));
            }
        }
    }

    static char tornValue(int write) {
        return (char) (1 + write % 100);
    }

    static ByteBuffer filled(int bytes, char value) {
        byte[] data = new byte[bytes];
        java.util.Arrays.fill(data, (byte) value);
        return ByteBuffer.wrap(data);
    }
}
