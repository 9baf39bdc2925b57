package dev.breakwater.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A change log")
class HrlRoundTripTest {

    @TempDir
    Path folder;

    private Path image(byte[] content) throws IOException {
        return Files.write(folder.resolve("disk-" + System.identityHashCode(content) + ".img"), content);
    }

    @Test
    @DisplayName("gives the disk back that was written, whatever overlaps, over many blocks")
    void roundTrip() throws IOException {
        for (int seed = 0; seed < 5; seed++) {
            var log = folder.resolve("log-" + seed + ".hrl");
            byte[] disk = new byte[(int) SampleLogs.DISK_BYTES];
            new Random(99).nextBytes(disk);
            var target = image(disk);
            try (var writer = SampleLogs.writer(log, new UUID(1, seed), HrlOrigin.NONE)) {
                SampleLogs.change(writer, disk, new Random(seed), 300);
                writer.finish(3, SampleLogs.POINT);
                assertThat(writer.bytes()).isEqualTo(Files.size(log));
            }
            var outcome = HrlApply.apply(log, target);
            assertThat(outcome.changes()).isEqualTo(300);
            assertThat(Files.mismatch(target, image(disk))).isEqualTo(-1);
            var findings = new ArrayList<HrlFinding>();
            assertThat(HrlCheck.check(log, findings::add).sound()).isTrue();
            assertThat(findings).isEmpty();
        }
    }

    @Test
    @DisplayName("of no change at all is sound")
    void empty() throws IOException {
        var log = folder.resolve("empty.hrl");
        try (var writer = SampleLogs.writer(log, new UUID(1, 1), HrlOrigin.NONE)) {
            writer.finish(1, HrlOrigin.NONE);
        }
        assertThat(HrlCheck.check(log, f -> {})).isEqualTo(new HrlCheck.Result(true, 0, 0));
    }

    @Test
    @DisplayName("says of itself what disk, generation and point it is")
    void origin() throws IOException {
        var log = folder.resolve("golden.hrl");
        SampleLogs.golden(log);
        try (var reader = HrlReader.open(log)) {
            assertThat(reader.header().origin())
                    .contains(new HrlOrigin(
                            SampleLogs.DISK, SampleLogs.DISK_BYTES, SampleLogs.INCARNATION, 7, SampleLogs.POINT));
            assertThat(reader.header().dataWriteGuid()).isEqualTo(SampleLogs.INCARNATION);
            assertThat(reader.header().creator()).isEqualTo(HrlWriter.CREATOR);
        }
    }

    @Test
    @DisplayName("cut anywhere before it was finished is recovered up to its last whole block")
    void recovery() throws IOException {
        var whole = folder.resolve("whole.hrl");
        byte[] disk = new byte[(int) SampleLogs.DISK_BYTES];
        var writer = SampleLogs.writer(whole, new UUID(2, 2), HrlOrigin.NONE);
        SampleLogs.change(writer, disk, new Random(7), 400);
        writer.close();
        long size = Files.size(whole);
        var random = new Random(8);
        for (int i = 0; i < 25; i++) {
            var torn = folder.resolve("torn.hrl");
            Files.copy(whole, torn, StandardCopyOption.REPLACE_EXISTING);
            long cut = 8192 + random.nextLong(size - 8192);
            boolean zeroTail = random.nextBoolean();
            try (var file = Files.newByteChannel(torn, java.nio.file.StandardOpenOption.WRITE)) {
                file.truncate(cut);
                if (zeroTail) {
                    file.position(size + 4096).write(ByteBuffer.allocate(512));
                }
            }
            var notClosed = new ArrayList<HrlFinding>();
            assertThat(HrlCheck.check(torn, notClosed::add).sound()).isFalse();
            assertThat(notClosed.get(0).severity()).isEqualTo(HrlFinding.Severity.WARNING);

            var outcome = HrlRecovery.recover(torn, Instant.EPOCH.plusSeconds(1_800_000_000));
            assertThat(outcome.entries() % 127).as("whole blocks only").isZero();
            var result = HrlCheck.check(torn, f -> {});
            assertThat(result.sound()).isTrue();
            assertThat(result.entries()).isEqualTo(outcome.entries());
            assertThat(HrlRecovery.recover(torn, Instant.EPOCH).wasClosed()).isTrue();
        }
    }

    @Test
    @DisplayName("is not fooled by data that hold a whole other log, or a copy of itself")
    void logInsideLog() throws IOException {
        var inner = folder.resolve("inner.hrl");
        try (var writer = SampleLogs.writer(inner, new UUID(3, 3), HrlOrigin.NONE)) {
            SampleLogs.change(writer, new byte[(int) SampleLogs.DISK_BYTES], new Random(5), 127);
            writer.finish(1, HrlOrigin.NONE);
        }
        var outer = folder.resolve("outer.hrl");
        byte[] content = Files.readAllBytes(inner);
        // The data start at byte 8192, just as the inner log's own blocks would if it lay in place.
        byte[] shifted = java.util.Arrays.copyOfRange(content, 8192, content.length);
        var writer = SampleLogs.writer(outer, new UUID(3, 4), HrlOrigin.NONE);
        writer.write(0, ByteBuffer.wrap(shifted));
        for (int i = 0; i < 126; i++) {
            writer.write(0, SampleLogs.filled(512, 'x'));
        }
        writer.close();
        assertThat(HrlRecovery.recover(outer, Instant.EPOCH.plusSeconds(1_800_000_000))
                        .entries())
                .isEqualTo(127);
        assertThat(HrlCheck.check(outer, f -> {}).dataBytes()).isEqualTo(shifted.length + 126L * 512);
    }

    @Test
    @DisplayName("that reaches beyond the disk leaves the disk untouched")
    void beyondDisk() throws IOException {
        var log = folder.resolve("golden.hrl");
        SampleLogs.golden(log);
        var small = image(new byte[1 << 20]);
        assertThatThrownBy(() -> HrlApply.apply(log, small))
                .isInstanceOfSatisfying(
                        HrlException.class, e -> assertThat(e.kind()).isEqualTo(HrlException.Kind.BEYOND_DISK));
        assertThat(Files.mismatch(small, image(new byte[1 << 20]))).isEqualTo(-1);
    }

    @Test
    @DisplayName("chains to the one before; gaps and forks are named")
    void chain() throws IOException {
        var logs = new ArrayList<Path>();
        for (int i = 1; i <= 4; i++) {
            var log = folder.resolve("c" + i + ".hrl");
            try (var writer = SampleLogs.writer(log, new UUID(5, i), i == 1 ? HrlOrigin.NONE : new UUID(5, i - 1))) {
                writer.finish(i, HrlOrigin.NONE);
            }
            logs.add(log);
        }
        var findings = new ArrayList<HrlFinding>();
        var shuffled = List.of(logs.get(2), logs.get(0), logs.get(3), logs.get(1));
        assertThat(HrlChain.order(shuffled, findings::add)).isEqualTo(logs);
        assertThat(findings).isEmpty();

        assertThat(HrlChain.order(List.of(logs.get(0), logs.get(1), logs.get(3)), findings::add))
                .isEqualTo(logs.subList(0, 2));
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).what()).contains("not here");
    }
}
