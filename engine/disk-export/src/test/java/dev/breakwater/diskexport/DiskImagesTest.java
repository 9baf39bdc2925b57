package dev.breakwater.diskexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Images of a disk")
class DiskImagesTest {

    private static final UUID ID = UUID.fromString("6f0d6a52-1111-4c00-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("written raw hold the disk's bytes, have holes where it has zeros, and replace an older file")
    void raw() throws Exception {
        MemoryDisk disk = MemoryDisk.usual(64 << 20);
        Path target = Files.writeString(folder.resolve("disk.img"), "older");
        AtomicLong progress = new AtomicLong();
        DiskImages.write(disk, target, ImageFormat.RAW, ID, NOW, n -> progress.accumulateAndGet(n, Math::max));

        assertThat(Files.mismatch(target, Files.write(folder.resolve("copy"), disk.bytes)))
                .isEqualTo(-1);
        assertThat(progress.get()).isEqualTo(5000 + (3 << 20) + 4096);
        String map =
                Qemu.img("map", "--output=json", "-f", "raw", target.toString()).output();
        assertThat(map).contains("\"data\": false");
        assertThat(folder.resolve("disk.img.partial")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {64 << 20, (20 << 20) + 512, 1 << 20})
    @DisplayName("written as fixed VHD are, for QEMU, the same disk rounded up to whole MiB")
    void vhd(int size) throws Exception {
        MemoryDisk disk = new MemoryDisk(size, -1, new ByteRange(0, 5000), new ByteRange(size - 512, 512));
        Path vhd = folder.resolve("disk.vhd");
        DiskImages.write(disk, vhd, ImageFormat.FIXED_VHD, ID, NOW, _ -> {});

        long rounded = VhdFooter.roundedSize(size);
        assertThat(Files.size(vhd)).isEqualTo(rounded + 512);
        Path raw = Files.write(folder.resolve("raw"), Arrays.copyOf(disk.bytes, (int) rounded));
        Qemu.Outcome outcome = Qemu.img("compare", "-f", "vpc", "-F", "raw", vhd.toString(), raw.toString());
        assertThat(outcome.output()).isEqualTo("Images are identical.\n");
        assertThat(Qemu.img("info", "-f", "vpc", vhd.toString()).output()).contains("(" + rounded + " bytes)");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 64, 1024, 65_537, 131_072, 33_554_432})
    @DisplayName("as VHD carry the exact size and a right checksum at any number of MiB")
    void footer(long mib) {
        byte[] footer = VhdFooter.of(mib << 20, ID, NOW).array();
        java.nio.ByteBuffer view = java.nio.ByteBuffer.wrap(footer);
        assertThat(view.getLong(48)).isEqualTo(mib << 20);
        int stored = view.getInt(64);
        view.putInt(64, 0);
        int sum = 0;
        for (byte b : footer) {
            sum += b & 0xff;
        }
        assertThat(stored).isEqualTo(~sum);
    }

    @Test
    @DisplayName("leave nothing behind, and the older file untouched, when the disk cannot be read")
    void unreadable() throws Exception {
        MemoryDisk disk = new MemoryDisk(8 << 20, 5_000_000, new ByteRange(0, 8 << 20));
        Path target = Files.writeString(folder.resolve("disk.img"), "older");
        assertThatThrownBy(() -> DiskImages.write(disk, target, ImageFormat.RAW, ID, NOW, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        assertThat(target).hasContent("older");
        assertThat(folder.toFile().list()).containsExactly("disk.img");
    }
}
