package dev.breakwater.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.DigestKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.wire.Message.Hello;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The rules for machines")
class MachineRulesTest {

    private static final long ODD_DISK_BYTES = (1L << 20) + 512;

    private MachineRules rules;

    private static Hello hello(long nextGeneration, Hello.Disk... disks) {
        return new Hello(
                Protocol.VERSION,
                new MachineId(SampleMessages.ONE),
                SampleMessages.TWO,
                List.of(disks),
                nextGeneration);
    }

    private static Hello.Disk disk(long bytes) {
        return new Hello.Disk(new DiskId(UUID.randomUUID()), bytes);
    }

    private static Message.Data data(long sequence, int disk, long offset, int bytes) {
        return SampleMessages.data(sequence, disk, offset, bytes);
    }

    private static Message.Data compressed(int bytes, int rawLength) {
        return new Message.Data(1, 0, 0, rawLength, Unpooled.wrappedBuffer(new byte[bytes]));
    }

    @BeforeEach
    void begin() throws ProtocolException {
        rules = new MachineRules(hello(7, disk(1L << 30), disk(ODD_DISK_BYTES)));
        rules.grant(1 << 20);
    }

    @Test
    @DisplayName("allow what a machine does every day")
    void daily() {
        assertThatCode(() -> {
                    rules.check(data(1, 0, 0, 262_144));
                    rules.check(new Message.Zeros(2, 0, 4096, (1L << 30) - 4096));
                    rules.check(new Message.Close(3, 7, Optional.empty()));
                    rules.check(data(4, 1, 1L << 20, 512));
                    rules.check(new Message.Close(5, 8, Optional.of(SampleMessages.point())));
                    rules.check(new Message.DigestsRequest(1, 0, 0, 1024));
                    rules.check(new Message.BlockDigestsRequest(2, 1, 1));
                    rules.check(new Message.Ping(1));
                    rules.check(new Message.Data(6, 0, 0, 131_072, Unpooled.wrappedBuffer(new byte[1])));
                })
                .doesNotThrowAnyException();
    }

    static Stream<Message> forbidden() {
        return Stream.of(
                data(2, 0, 0, 4096),
                data(0, 0, 0, 4096),
                data(1, 2, 0, 4096),
                data(1, 0, 1L << 30, 4096),
                data(1, 0, (1L << 30) - 4096, 8192),
                data(1, 0, 512, 4096),
                data(1, 0, 0, 4095),
                data(1, 0, -4096, 4096),
                data(1, 0, Long.MAX_VALUE - 4095, 4096),
                data(1, 1, 0, 512),
                compressed(4096, 126_976),
                compressed(4096, 131_072 + 512),
                compressed(4096, 262_144 + 4096),
                compressed(4096, 0),
                compressed(4096, -4096),
                compressed(8192, 4096),
                new Message.Data(1, 0, (1L << 30) - 131_072, 262_144, Unpooled.wrappedBuffer(new byte[4096])),
                new Message.Zeros(1, 0, 0, 0),
                new Message.Zeros(1, 0, 0, -4096),
                new Message.Zeros(1, 0, 4096, Long.MAX_VALUE),
                new Message.Close(1, 8, Optional.empty()),
                new Message.Close(1, 6, Optional.empty()),
                new Message.DigestsRequest(1, 0, 0, 0),
                new Message.DigestsRequest(1, 0, 0, 1025),
                new Message.DigestsRequest(1, 0, 1024, 1),
                new Message.DigestsRequest(1, 0, -1, 1),
                new Message.DigestsRequest(1, 0, Long.MAX_VALUE, 4096),
                new Message.DigestsRequest(1, 5, 0, 1),
                new Message.BlockDigestsRequest(1, 0, 1024),
                SampleMessages.hello(),
                new Message.Stored(1, 1),
                new Message.Welcome(1, 1, DigestKey.of(new byte[32]), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    @DisplayName("forbid gaps, foreign disks, ranges past the disk, and messages of the other side")
    void forbids(Message message) {
        assertThatThrownBy(() -> rules.check(message)).isInstanceOf(ProtocolException.class);
    }

    @Test
    @DisplayName("forbid to send more than the credit, and anything before WELCOME")
    void credit() throws ProtocolException {
        for (int i = 1; i <= 3; i++) {
            rules.check(data(i, 0, 0, 262_144));
        }
        assertThatThrownBy(() -> rules.check(data(4, 0, 0, 262_144))).hasMessageContaining("credit");
        MachineRules fresh = new MachineRules(hello(1, disk(4096)));
        assertThatThrownBy(() -> fresh.check(new Message.Zeros(1, 0, 0, 4096))).hasMessageContaining("credit");
    }

    @Test
    @DisplayName("forbid a message that came before: again as it was, or under the next number")
    void replayed() throws ProtocolException {
        rules.check(data(1, 0, 0, 4096));
        assertThatThrownBy(() -> rules.check(data(1, 0, 0, 4096))).isInstanceOf(ProtocolException.class);
        rules.check(new Message.Close(2, 7, Optional.empty()));
        assertThatThrownBy(() -> rules.check(new Message.Close(2, 7, Optional.empty())))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> rules.check(new Message.Close(3, 7, Optional.empty())))
                .isInstanceOf(ProtocolException.class);
    }

    static Stream<Hello> badHellos() {
        Hello.Disk twice = disk(4096);
        return Stream.of(
                hello(1),
                hello(0, disk(4096)),
                hello(1, twice, twice),
                hello(1, disk(0)),
                hello(1, disk(513)),
                hello(1, disk(-512)),
                hello(1, disk(Long.MAX_VALUE)),
                new Hello(0, new MachineId(SampleMessages.ONE), SampleMessages.TWO, List.of(disk(512)), 1));
    }

    @Test
    @DisplayName("say to a machine that speaks older versions only that it needs an update")
    void olderVersion() {
        Hello old = new Hello(1, new MachineId(SampleMessages.ONE), SampleMessages.TWO, List.of(disk(512)), 1);
        assertThatThrownBy(() -> new MachineRules(old))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.VERSION))
                .hasMessageContaining("update the mobility service");
    }

    @ParameterizedTest
    @MethodSource("badHellos")
    @DisplayName("refuse a HELLO that cannot be meant")
    void badHello(Hello hello) {
        assertThatThrownBy(() -> new MachineRules(hello)).isInstanceOf(ProtocolException.class);
    }
}
