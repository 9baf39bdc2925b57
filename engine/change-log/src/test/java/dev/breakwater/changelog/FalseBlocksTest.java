package dev.breakwater.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A torn change log whose data look like metadata blocks")
class FalseBlocksTest {

    private static final int UNIT = HrlFormat.METADATA_UNIT_BYTES;

    @TempDir
    Path folder;

    /// Blocks of 512 bytes, one behind the other; each claims all before it as its data, only the last one rightly.
    private Path log(int falseBlocks) throws IOException {
        Path log = folder.resolve("torn.hrl");
        Files.deleteIfExists(log);
        try (var writer = SampleLogs.writer(log, new UUID(1, 2), HrlOrigin.NONE)) {
            writer.write(0, SampleLogs.filled(4096, 'a'));
        }
        byte[] header = Arrays.copyOf(Files.readAllBytes(log), HrlFormat.HEADER_BYTES);
        int length = HrlFormat.HEADER_BYTES + (falseBlocks + 2) * UNIT;
        ByteBuffer b = ByteBuffer.wrap(Arrays.copyOf(header, length)).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(HrlFormat.AT_METADATA_SIZE, UNIT).putLong(HrlFormat.AT_END_OF_LOG, 0);
        b.putInt(HrlFormat.AT_CHECKSUM, HrlFormat.checksum(b, 0, HrlFormat.HEADER_BYTES, HrlFormat.AT_CHECKSUM));
        for (int i = 1; i <= falseBlocks + 1; i++) {
            block(b, HrlFormat.HEADER_BYTES + i * UNIT, i * UNIT, i <= falseBlocks ? 12345 : 0);
        }
        Files.write(log, b.array());
        return log;
    }

    private static void block(ByteBuffer b, int at, int dataBytes, int dataChecksum) {
        b.putInt(at + HrlFormat.BLOCK_AT_VALID, 1);
        b.putInt(
                at + HrlFormat.BLOCK_AT_CHECKSUM,
                HrlFormat.checksum(b, at, HrlFormat.BLOCK_HEADER_BYTES, HrlFormat.BLOCK_AT_CHECKSUM));
        int entry = at + HrlFormat.BLOCK_HEADER_BYTES;
        b.putInt(entry + HrlFormat.ENTRY_AT_LENGTH, dataBytes);
        b.put(entry + HrlFormat.ENTRY_AT_OPERATION, (byte) HrlFormat.OPERATION_WRITE);
        b.putInt(entry + HrlFormat.ENTRY_AT_DATA_CHECKSUM, dataChecksum);
        b.putInt(
                entry + HrlFormat.ENTRY_AT_CHECKSUM,
                HrlFormat.checksum(b, entry, HrlFormat.ENTRY_BYTES, HrlFormat.ENTRY_AT_CHECKSUM));
    }

    @Test
    @DisplayName("is recovered past some of them")
    void some() throws IOException {
        HrlRecovery.Outcome outcome = HrlRecovery.recover(log(20), Instant.EPOCH);
        assertThat(outcome.blocks()).isOne();
        assertThat(outcome.droppedBytes()).isZero();
    }

    @Test
    @DisplayName("is given up when there are so many that reading for each of them would never end")
    void tooMany() throws IOException {
        Path log = log(100);
        assertThatThrownBy(() -> HrlRecovery.recover(log, Instant.EPOCH))
                .isInstanceOf(HrlException.class)
                .hasMessageContaining("not one sound metadata block");
    }
}
