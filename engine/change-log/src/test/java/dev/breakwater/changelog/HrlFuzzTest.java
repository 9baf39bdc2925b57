package dev.breakwater.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.ByteRange;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A hostile change log")
class HrlFuzzTest {

    /// Readers keep a piece of 256 KiB, recovery a window of 1 MiB, and blocks may say that they have 1 MiB.
    private static final long MEMORY = 24 << 20;

    private static final int DISK_BYTES = 128 * 1024;

    @TempDir
    Path folder;

    private Path log;
    private byte[] closed;
    private byte[] torn;

    @BeforeEach
    void samples() throws IOException {
        log = folder.resolve("log.hrl");
        closed = sample(true);
        torn = sample(false);
    }

    private byte[] sample(boolean finished) throws IOException {
        Files.deleteIfExists(log);
        try (var writer = SampleLogs.writer(log, new UUID(1, 2), HrlOrigin.NONE)) {
            writer.write(0, SampleLogs.filled(4096, 'a'));
            writer.zero(new ByteRange(4096, 4096));
            writer.write(65_536, SampleLogs.filled(512, 'b'));
            if (finished) {
                writer.finish(7, SampleLogs.POINT);
            }
        }
        byte[] bytes = Files.readAllBytes(log);
        if (!finished) {
            // As its writer leaves it when it dies after the last block: not closed, with something behind.
            bytes = closed.clone();
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(HrlFormat.AT_END_OF_LOG, 0);
            bytes = mended(bytes);
        }
        return bytes;
    }

    /// Puts the checksums of header, metadata blocks and entries right; weak ones of data and strong ones are left out.
    static byte[] mended(byte[] input) {
        byte[] bytes = input.clone();
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HrlFormat.HEADER_BYTES) {
            return bytes;
        }
        b.putInt(HrlFormat.AT_CHECKSUM, HrlFormat.checksum(b, 0, HrlFormat.HEADER_BYTES, HrlFormat.AT_CHECKSUM));
        int unit = HrlFormat.METADATA_UNIT_BYTES;
        for (int at = HrlFormat.HEADER_BYTES; at + HrlFormat.BLOCK_HEADER_BYTES <= bytes.length; at += unit) {
            int entries = b.getInt(at + HrlFormat.BLOCK_AT_VALID);
            boolean block = entries >= 0 && entries < 200 && b.getInt(at + HrlFormat.BLOCK_AT_CHECKSUM) != 0;
            if (block) {
                mendBlock(b, at, entries);
            }
        }
        return bytes;
    }

    private static void mendBlock(ByteBuffer b, int at, int entries) {
        b.putLong(at + HrlFormat.BLOCK_AT_DIGEST, 0).putLong(at + HrlFormat.BLOCK_AT_DIGEST + 8, 0);
        b.putInt(
                at + HrlFormat.BLOCK_AT_CHECKSUM,
                HrlFormat.checksum(b, at, HrlFormat.BLOCK_HEADER_BYTES, HrlFormat.BLOCK_AT_CHECKSUM));
        int entryAt = at + HrlFormat.BLOCK_HEADER_BYTES;
        for (int i = 0; i < entries && entryAt + HrlFormat.ENTRY_BYTES <= b.limit(); i++) {
            b.putInt(entryAt + HrlFormat.ENTRY_AT_DATA_CHECKSUM, 0);
            b.putInt(
                    entryAt + HrlFormat.ENTRY_AT_CHECKSUM,
                    HrlFormat.checksum(b, entryAt, HrlFormat.ENTRY_BYTES, HrlFormat.ENTRY_AT_CHECKSUM));
            entryAt += HrlFormat.ENTRY_BYTES;
        }
    }

    private Fuzz fuzz(String name, byte[]... good) {
        return Fuzz.of(name)
                .good(good)
                .words(HrlFormat.COOKIE)
                .mendedBy(HrlFuzzTest::mended)
                .refusesWith(HrlException.class)
                .usually(300)
                .within(MEMORY);
    }

    @Test
    @DisplayName("is checked and found damaged, or all of it is read")
    void checked() throws IOException {
        fuzz("hrl-read", closed).run(input -> {
            Files.write(log, input);
            List<HrlFinding> findings = new ArrayList<>();
            HrlCheck.Result result = HrlCheck.check(log, findings::add);
            assertThat(result.sound() || !findings.isEmpty()).isTrue();
            HrlChain.order(List.of(log), findings::add);
            try (HrlReader reader = HrlReader.open(log)) {
                long[] seen = new long[2];
                reader.entries(entry -> seen[0]++);
                reader.replay(new HrlVisitor() {
                    @Override
                    public void write(long offset, ByteBuffer data) {
                        assertThat(data.remaining()).isBetween(1, HrlReader.MAX_PIECE_BYTES);
                        seen[1] += data.remaining();
                    }

                    @Override
                    public void zero(ByteRange range) {}
                });
                if (result.sound()) {
                    assertThat(seen).containsExactly(result.entries(), result.dataBytes());
                }
            }
        });
    }

    @Test
    @DisplayName("is recovered so that it passes the check, or left as it is")
    void recovered() throws IOException {
        fuzz("hrl-recover", closed, torn).run(input -> {
            Files.write(log, input);
            HrlRecovery.Outcome outcome;
            try {
                outcome = HrlRecovery.recover(log, Instant.EPOCH);
            } catch (HrlException e) {
                assertThat(Files.readAllBytes(log)).isEqualTo(input);
                throw e;
            }
            if (!outcome.wasClosed()) {
                List<HrlFinding> findings = new ArrayList<>();
                assertThat(HrlCheck.check(log, findings::add).sound())
                        .as("%s", findings)
                        .isTrue();
            }
        });
    }

    @Test
    @DisplayName("is applied as a whole or not at all, and never beyond the disk")
    void applied() throws IOException {
        Path disk = folder.resolve("disk");
        fuzz("hrl-apply", closed).run(input -> {
            byte[] before = new byte[DISK_BYTES];
            Files.write(disk, before);
            Files.write(log, input);
            try {
                HrlApply.apply(log, disk);
            } catch (HrlException e) {
                assertThat(Files.readAllBytes(disk)).isEqualTo(before);
                throw e;
            }
            assertThat(Files.size(disk)).isEqualTo(DISK_BYTES);
        });
    }
}
