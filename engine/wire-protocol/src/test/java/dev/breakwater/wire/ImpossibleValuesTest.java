package dev.breakwater.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A CLOSE with a value that no machine can have")
class ImpossibleValuesTest {

    /// Behind header, sequence, generation, flag, identity, type and time.
    private static final int FREEZE_AT = Protocol.HEADER_BYTES + 8 + 8 + 1 + 16 + 1 + 8;

    /// Behind freeze, stall and firmware.
    private static final int CPUS_AT = FREEZE_AT + 8 + 8 + 1;

    private static ByteBuf close() {
        ByteBuf bytes = Unpooled.buffer();
        MessageCodec.write(new Message.Close(1, 1, Optional.of(SampleMessages.point())), bytes);
        return bytes;
    }

    private static void assertRefused(ByteBuf bytes, String why) {
        assertThatThrownBy(() -> MessageCodec.read(MessageType.CLOSE, bytes.skipBytes(Protocol.HEADER_BYTES)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(why);
    }

    @Test
    @DisplayName("is refused if a duration is negative, as the vault could not read such a slot again")
    void negativeDuration() {
        assertRefused(close().setLong(FREEZE_AT, -1), "a freeze of -1 ms");
        assertRefused(close().setLong(FREEZE_AT + 8, Long.MIN_VALUE), "a stall of");
    }

    @Test
    @DisplayName("is refused if the machine has no processor, or less than no memory")
    void impossibleHardware() {
        assertRefused(close().setInt(CPUS_AT, 0), "is impossible");
        assertRefused(close().setLong(CPUS_AT + 4, -1), "is impossible");
    }

    @Test
    @DisplayName("is refused if a text would move the cursor of the terminal that shows it")
    void controlCharacters() {
        ByteBuf bytes = close();
        byte[] name = "eth0".getBytes(StandardCharsets.UTF_8);
        int at = io.netty.buffer.ByteBufUtil.indexOf(Unpooled.wrappedBuffer(name), bytes);
        assertRefused(bytes.setBytes(at, "\u009b2J".getBytes(StandardCharsets.UTF_8)), "control characters");
    }
}
