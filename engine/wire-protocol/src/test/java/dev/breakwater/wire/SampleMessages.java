package dev.breakwater.wire;

import dev.breakwater.model.DigestKey;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One message of each type and shape, DATA apart.
public final class SampleMessages {

    public static final UUID ONE = new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
    public static final UUID TWO = new UUID(0x1112131415161718L, 0x191a1b1c1d1e1f20L);
    static final long DISK_BYTES = 1L << 30;

    private SampleMessages() {}

    public static Message.Hello hello() {
        return new Message.Hello(
                Protocol.VERSION,
                new MachineId(ONE),
                TWO,
                List.of(new Message.Hello.Disk(new DiskId(TWO), DISK_BYTES)),
                7);
    }

    /// Bytes of a disk as they are: zeros.
    public static Message.Data data(long sequence, int disk, long offset, int length) {
        return new Message.Data(sequence, disk, offset, length, Unpooled.wrappedBuffer(new byte[length]));
    }

    public static Message.PointMetadata point() {
        return new Message.PointMetadata(
                new PointId(ONE),
                PointType.FILE_SYSTEM_EQUIVALENT,
                Instant.ofEpochMilli(1_795_000_000_123L),
                new Hardware(
                        Hardware.Firmware.UEFI,
                        4,
                        8L << 30,
                        List.of(new Hardware.NetworkCard("eth0", "52:54:00:12:34:56")),
                        List.of(new DiskDescription(new DiskId(TWO), "/dev/sda", DISK_BYTES, true))),
                12,
                34,
                List.of("active swap is left out", "größer"));
    }

    public static List<Message> all() {
        return List.of(
                hello(),
                new Message.Welcome(Protocol.VERSION, 16 << 20, DigestKey.of(new byte[32]), Optional.empty()),
                new Message.Welcome(
                        Protocol.VERSION,
                        99,
                        DigestKey.of(new byte[32]),
                        Optional.of(new Message.LastDurable(5, TWO, 4, Optional.of(new PointId(ONE))))),
                new Message.Zeros(3, 0, 4096, 8192),
                new Message.Close(4, 7, Optional.empty()),
                new Message.Close(5, 8, Optional.of(point())),
                new Message.Stored(5, 123_456),
                new Message.Durable(7, 9, Optional.empty()),
                new Message.Durable(8, 10, Optional.of(new PointId(TWO))),
                new Message.DigestsRequest(1, 0, 2, 3),
                new Message.Digests(1, new byte[48]),
                new Message.BlockDigestsRequest(2, 0, 9),
                new Message.BlockDigests(2, new byte[4096]),
                new Message.Refused(RefusalCode.FENCED, "another process server writes"),
                new Message.Ping(42),
                new Message.Pong(42));
    }
}
