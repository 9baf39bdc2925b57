package dev.breakwater.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The golden log is `golden.hrl.gz`; the damaged ones are made from it here, so that the damage can be read.
/// Only what a writer left that died is a file of its own, `torn.hrl.gz`. To make them anew after a
/// deliberate change of format, run [#main]; keep the old files beside.
@DisplayName("The golden log")
class GoldenLogTest {

    @TempDir
    Path folder;

    private static byte[] golden() throws IOException {
        return stored("golden.hrl.gz");
    }

    private static byte[] stored(String name) throws IOException {
        try (InputStream in = GoldenLogTest.class.getResourceAsStream(name)) {
            return new GZIPInputStream(in).readAllBytes();
        }
    }

    @Test
    @DisplayName("is what the writer writes today, byte for byte")
    void writtenAlike() throws IOException {
        var log = folder.resolve("now.hrl");
        SampleLogs.golden(log);
        assertThat(Files.readAllBytes(log)).isEqualTo(golden());
    }

    @Test
    @DisplayName("is read as it was written")
    void read() throws IOException {
        var log = Files.write(folder.resolve("golden.hrl"), golden());
        var seen = new ArrayList<String>();
        try (var reader = HrlReader.open(log)) {
            reader.entries(e -> seen.add(
                    e.kind() + " " + e.range().offset() + " " + e.range().length()));
        }
        assertThat(seen).containsExactly("WRITE 0 8192", "WRITE 1048576 4096", "ZERO 4096 4096", "WRITE 512 512");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("damaged in one byte is refused, and the damage named")
    @CsvSource({
        "cookie, 0, start with",
        "version, 10, format version",
        "header, 200, header's checksum",
        "data, 8200, checksum",
        "last data byte, 20991, checksum",
        "block header, 21000, checksum",
        "strong digest, 21010, checksum",
        "entry, 21030, entry's checksum"
    })
    void damaged(String what, int at, String message) throws IOException {
        byte[] bytes = golden();
        bytes[at] ^= 0x10;
        var log = Files.write(folder.resolve("damaged.hrl"), bytes);
        var findings = new ArrayList<HrlFinding>();
        assertThat(HrlCheck.check(log, findings::add).sound()).as(what).isFalse();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).severity()).isEqualTo(HrlFinding.Severity.ERROR);
        assertThat(findings.get(0).what()).contains(message);
    }

    @Test
    @DisplayName("that its writer left when it died is recovered up to its last whole block, for ever")
    void torn() throws IOException {
        var log = Files.write(folder.resolve("torn.hrl"), stored("torn.hrl.gz"));
        var findings = new ArrayList<HrlFinding>();
        assertThat(HrlCheck.check(log, findings::add).sound()).isFalse();
        assertThat(findings.getFirst().severity()).isEqualTo(HrlFinding.Severity.WARNING);
        // Besides the block that every log begins with.
        int whole = 2 * 127;
        assertThat(HrlRecovery.recover(log, Instant.parse("2026-11-22T22:00:00Z")))
                .isEqualTo(new HrlRecovery.Outcome(false, 1 + 2, whole, (SampleLogs.TORN_WRITES - whole) * 512L));
        assertThat(HrlCheck.check(log, finding -> {}).sound()).isTrue();
        byte[] disk = new byte[(int) SampleLogs.DISK_BYTES];
        Path image = Files.write(folder.resolve("image"), disk);
        HrlApply.apply(log, image);
        for (int i = 0; i < whole; i++) {
            Arrays.fill(disk, i * 4096, i * 4096 + 512, (byte) SampleLogs.tornValue(i));
        }
        assertThat(Files.readAllBytes(image))
                .as("all of the whole blocks, nothing of the torn one")
                .isEqualTo(disk);
    }

    @Test
    @DisplayName("with two swapped data bytes passes the weak checksum and is caught by the strong digest")
    void swapped() throws IOException {
        byte[] bytes = golden();
        int at = 8192 + 8192 - 1;
        assertThat(bytes[at]).isNotEqualTo(bytes[at + 1]);
        byte[] swapped = bytes.clone();
        // Swap within one entry's data: make them differ first in both, by a change that keeps the sum.
        swapped[8192]++;
        swapped[8193]--;
        var log = Files.write(folder.resolve("swapped.hrl"), swapped);
        var findings = new ArrayList<HrlFinding>();
        assertThat(HrlCheck.check(log, findings::add).sound()).isFalse();
        assertThat(findings.get(0).what()).contains("strong digest");
    }

    @Test
    @DisplayName("of a writer that knows no strong digest is read, with a note")
    void foreign() throws IOException {
        byte[] bytes = golden();
        var b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : new int[] {4096, bytes.length - 4096}) {
            b.putLong(at + 16, 0).putLong(at + 24, 0);
            b.putInt(at + 12, HrlFormat.checksum(b, at, 32, 12));
        }
        var log = Files.write(folder.resolve("foreign.hrl"), bytes);
        var findings = new ArrayList<HrlFinding>();
        assertThat(HrlCheck.check(log, findings::add).sound()).isTrue();
        assertThat(findings.get(0).severity()).isEqualTo(HrlFinding.Severity.NOTE);
    }

    @Test
    @DisplayName("cut to any length, or with any byte changed, never makes the reader do anything but refuse")
    void hostile() throws IOException {
        byte[] bytes = golden();
        var random = new java.util.Random(3);
        for (int i = 0; i < 400; i++) {
            byte[] bad = java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            for (int k = random.nextInt(4); k > 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            if (bad.length >= 4096) {
                var b = ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN);
                b.putInt(56, random.nextInt(5) * 512).putLong(44, random.nextLong(bad.length + 5000L));
                b.putInt(40, HrlFormat.checksum(b, 0, 4096, 40));
            }
            var log = Files.write(folder.resolve("bad.hrl"), bad);
            HrlCheck.check(log, f -> {});
            try {
                HrlRecovery.recover(log, Instant.parse("2026-11-22T00:00:00Z"));
            } catch (HrlException e) {
                assertThat(e.kind()).isNotNull();
            }
        }
    }

    /// Made the stored logs.
    ///
    /// @param arguments the folder to write them to; gzip them
    static void main(String[] arguments) throws IOException {
        SampleLogs.golden(Path.of(arguments[0], "golden.hrl"));
        SampleLogs.torn(Path.of(arguments[0], "torn.hrl"));
    }
}
