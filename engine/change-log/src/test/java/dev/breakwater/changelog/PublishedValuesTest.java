package dev.breakwater.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The checksums of the published example")
class PublishedValuesTest {

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String blockChecksum(long previous, int valid) {
        var b = bytes(32);
        b.putLong(HrlFormat.BLOCK_AT_PREVIOUS, previous).putInt(HrlFormat.BLOCK_AT_VALID, valid);
        return Integer.toUnsignedString(HrlFormat.checksum(b, 0, 32, HrlFormat.BLOCK_AT_CHECKSUM));
    }

    private static String entryChecksum(long offset) {
        var b = bytes(32);
        new HrlEntry(HrlEntry.Kind.WRITE, new ByteRange(offset, 4096), HrlFormat.instant(539842382), 0, 0).encode(b, 0);
        return Integer.toUnsignedString(b.getInt(HrlFormat.ENTRY_AT_CHECKSUM));
    }

    @Test
    @DisplayName("hold for its metadata block headers")
    void blockHeaders() {
        assertThat(blockChecksum(324096, 58)).isEqualTo("4294966991");
        assertThat(blockChecksum(0, 0)).isEqualTo("4294967295");
    }

    @Test
    @DisplayName("hold for its entries")
    void entries() {
        assertThat(entryChecksum(3626340352L)).isEqualTo("4294966639");
        assertThat(entryChecksum(3626344448L)).isEqualTo("4294966623");
    }

    @Test
    @DisplayName("leave the checksum field out, whatever it holds")
    void ownFieldLeftOut() {
        var b = bytes(32);
        b.putLong(0, 324096).putInt(8, 58).putInt(12, 0xdeadbeef);
        assertThat(Integer.toUnsignedString(HrlFormat.checksum(b, 0, 32, 12))).isEqualTo("4294966991");
    }

    @Test
    @DisplayName("come with GUIDs stored as Windows stores them")
    void guids() {
        byte[] raw = new byte[16];
        var b = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        var id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        HrlFormat.putGuid(b, 0, id);
        assertThat(raw).startsWith(0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99);
        assertThat(HrlFormat.guid(b, 0)).isEqualTo(id);
    }
}
