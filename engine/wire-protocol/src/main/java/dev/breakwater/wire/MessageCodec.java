package dev.breakwater.wire;

import dev.breakwater.model.DigestKey;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.wire.Message.BlockDigests;
import dev.breakwater.wire.Message.BlockDigestsRequest;
import dev.breakwater.wire.Message.Close;
import dev.breakwater.wire.Message.Data;
import dev.breakwater.wire.Message.Digests;
import dev.breakwater.wire.Message.DigestsRequest;
import dev.breakwater.wire.Message.Durable;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.Message.LastDurable;
import dev.breakwater.wire.Message.Ping;
import dev.breakwater.wire.Message.PointMetadata;
import dev.breakwater.wire.Message.Pong;
import dev.breakwater.wire.Message.Refused;
import dev.breakwater.wire.Message.Stored;
import dev.breakwater.wire.Message.Welcome;
import dev.breakwater.wire.Message.Zeros;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Messages as bytes: big-endian, `length (u32) | type (u8) | body`. `PROTOCOL.md` draws every body. Reading believes
/// nothing: every count, length and number is checked against its bound before it is used.
public final class MessageCodec {

    private MessageCodec() {}

    /// Writes a message, header included. Of [Data] all but the payload is written; the payload is to follow as it is.
    public static void write(Message message, ByteBuf target) {
        int start = target.writerIndex();
        target.writeInt(0).writeByte(MessageType.of(message).number());
        int payload = 0;
        switch (message) {
            case Hello hello -> writeHello(hello, target);
            case Welcome welcome -> writeWelcome(welcome, target);
            case Data data -> {
                payload = data.payload().readableBytes();
                target.writeLong(data.sequence())
                        .writeShort(data.diskIndex())
                        .writeLong(data.offset())
                        .writeInt(data.rawLength());
            }
            case Zeros zeros ->
                target.writeLong(zeros.sequence())
                        .writeShort(zeros.diskIndex())
                        .writeLong(zeros.offset())
                        .writeLong(zeros.length());
            case Close close -> writeClose(close, target);
            case Stored stored -> target.writeLong(stored.sequence()).writeLong(stored.creditBytes());
            case Durable durable -> {
                target.writeLong(durable.generation()).writeLong(durable.slot());
                WireFields.writePoint(target, durable.point());
            }
            case DigestsRequest request ->
                target.writeInt(request.request())
                        .writeShort(request.diskIndex())
                        .writeLong(request.firstRegion())
                        .writeInt(request.count());
            case Digests digests -> target.writeInt(digests.request()).writeBytes(digests.digests());
            case BlockDigestsRequest request ->
                target.writeInt(request.request())
                        .writeShort(request.diskIndex())
                        .writeLong(request.region());
            case BlockDigests digests -> target.writeInt(digests.request()).writeBytes(digests.digests());
            case Refused refused -> {
                target.writeShort(refused.code().number());
                WireFields.writeText(target, refused.text());
            }
            case Ping ping -> target.writeLong(ping.token());
            case Pong pong -> target.writeLong(pong.token());
        }
        target.setInt(start, target.writerIndex() - start - Protocol.HEADER_BYTES + payload);
    }

    /// Reads the body of any message but [Data].
    ///
    /// @param body exactly the body; not released here
    /// @throws ProtocolException if it is not what the type asks for
    public static Message read(MessageType type, ByteBuf body) throws ProtocolException {
        try {
            Message message = readBody(type, body);
            if (body.isReadable()) {
                throw new ProtocolException(type + " has " + body.readableBytes() + " bytes too many");
            }
            return message;
        } catch (IndexOutOfBoundsException e) {
            throw new ProtocolException(type + " is cut short");
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(type + " holds an impossible value: " + e.getMessage());
        }
    }

    /// Reads what stands before the payload of [Data] and puts the payload to it.
    ///
    /// @param prefix exactly [Protocol#DATA_PREFIX_BYTES]
    /// @param payload ownership passes to the message
    public static Data data(ByteBuf prefix, ByteBuf payload) {
        return new Data(prefix.readLong(), prefix.readUnsignedShort(), prefix.readLong(), prefix.readInt(), payload);
    }

    private static Message readBody(MessageType type, ByteBuf body) throws ProtocolException {
        return switch (type) {
            case HELLO -> readHello(body);
            case WELCOME -> readWelcome(body);
            case DATA -> throw new ProtocolException("DATA is read in two parts");
            case ZEROS -> new Zeros(body.readLong(), body.readUnsignedShort(), body.readLong(), body.readLong());
            case CLOSE -> readClose(body);
            case STORED -> new Stored(body.readLong(), body.readLong());
            case DURABLE -> new Durable(body.readLong(), body.readLong(), WireFields.readPoint(body));
            case DIGESTS_REQUEST ->
                new DigestsRequest(body.readInt(), body.readUnsignedShort(), body.readLong(), body.readInt());
            case DIGESTS -> new Digests(body.readInt(), digests(body, Protocol.MAX_DIGEST_REGIONS));
            case BLOCK_DIGESTS_REQUEST ->
                new BlockDigestsRequest(body.readInt(), body.readUnsignedShort(), body.readLong());
            case BLOCK_DIGESTS -> new BlockDigests(body.readInt(), digests(body, Protocol.REGION_BLOCKS));
            case REFUSED -> new Refused(RefusalCode.ofNumber(body.readUnsignedShort()), WireFields.readText(body));
            case PING -> new Ping(body.readLong());
            case PONG -> new Pong(body.readLong());
        };
    }

    private static byte[] digests(ByteBuf body, int max) throws ProtocolException {
        int bytes = body.readableBytes();
        if (bytes % Protocol.DIGEST_BYTES != 0 || bytes > max * Protocol.DIGEST_BYTES) {
            throw new ProtocolException(bytes + " bytes are no list of at most " + max + " digests");
        }
        byte[] result = new byte[bytes];
        body.readBytes(result);
        return result;
    }

    private static void writeHello(Hello hello, ByteBuf target) {
        target.writeShort(hello.version());
        WireFields.writeUuid(target, hello.machine().uuid());
        WireFields.writeUuid(target, hello.incarnation());
        target.writeLong(hello.nextGeneration());
        target.writeShort(hello.disks().size());
        for (Hello.Disk disk : hello.disks()) {
            WireFields.writeUuid(target, disk.id().uuid());
            target.writeLong(disk.sizeBytes());
        }
    }

    private static Hello readHello(ByteBuf body) throws ProtocolException {
        int version = body.readUnsignedShort();
        var machine = new MachineId(WireFields.readUuid(body));
        var incarnation = WireFields.readUuid(body);
        long next = body.readLong();
        int count = WireFields.count("disks", body.readUnsignedShort(), Protocol.MAX_DISKS);
        List<Hello.Disk> disks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            disks.add(new Hello.Disk(new DiskId(WireFields.readUuid(body)), body.readLong()));
        }
        return new Hello(version, machine, incarnation, disks, next);
    }

    private static void writeWelcome(Welcome welcome, ByteBuf target) {
        target.writeShort(welcome.version());
        target.writeLong(welcome.creditBytes());
        target.writeBytes(welcome.digestKey().toBytes());
        target.writeByte(welcome.lastDurable().isPresent() ? 1 : 0);
        if (welcome.lastDurable().isPresent()) {
            LastDurable last = welcome.lastDurable().get();
            target.writeLong(last.slot());
            WireFields.writeUuid(target, last.incarnation());
            target.writeLong(last.generation());
            WireFields.writePoint(target, last.point());
        }
    }

    private static Welcome readWelcome(ByteBuf body) throws ProtocolException {
        int version = body.readUnsignedShort();
        long credit = body.readLong();
        byte[] key = new byte[DigestKey.BYTES];
        body.readBytes(key);
        DigestKey digestKey = DigestKey.of(key);
        if (!WireFields.flag(body)) {
            return new Welcome(version, credit, digestKey, Optional.empty());
        }
        var last = new LastDurable(
                body.readLong(), WireFields.readUuid(body), body.readLong(), WireFields.readPoint(body));
        return new Welcome(version, credit, digestKey, Optional.of(last));
    }

    private static void writeClose(Close close, ByteBuf target) {
        target.writeLong(close.sequence()).writeLong(close.generation());
        target.writeByte(close.point().isPresent() ? 1 : 0);
        if (close.point().isEmpty()) {
            return;
        }
        PointMetadata point = close.point().get();
        WireFields.writeUuid(target, point.id().uuid());
        target.writeByte(WireFields.number(point.type()));
        target.writeLong(point.time().toEpochMilli());
        target.writeLong(point.freezeMillis()).writeLong(point.stallMillis());
        writeHardware(point.hardware(), target);
        target.writeByte(point.remarks().size());
        point.remarks().forEach(remark -> WireFields.writeText(target, remark));
    }

    private static Close readClose(ByteBuf body) throws ProtocolException {
        long sequence = body.readLong();
        long generation = body.readLong();
        if (!WireFields.flag(body)) {
            return new Close(sequence, generation, Optional.empty());
        }
        var id = new PointId(WireFields.readUuid(body));
        PointType type = WireFields.pointType(body.readUnsignedByte());
        long millis = body.readLong();
        if (millis < 0 || millis > WireFields.MAX_EPOCH_MILLIS) {
            throw new ProtocolException("CLOSE names an impossible time");
        }
        long freezeMillis = body.readLong();
        long stallMillis = body.readLong();
        Hardware hardware = readHardware(body);
        int count = WireFields.count("remarks", body.readUnsignedByte(), Protocol.MAX_REMARKS);
        List<String> remarks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            remarks.add(WireFields.readText(body));
        }
        var point =
                new PointMetadata(id, type, Instant.ofEpochMilli(millis), hardware, freezeMillis, stallMillis, remarks);
        return new Close(sequence, generation, Optional.of(point));
    }

    private static void writeHardware(Hardware hardware, ByteBuf target) {
        target.writeByte(WireFields.number(hardware.firmware()));
        target.writeInt(hardware.cpus()).writeLong(hardware.memoryBytes());
        target.writeByte(hardware.networkCards().size());
        for (Hardware.NetworkCard card : hardware.networkCards()) {
            WireFields.writeText(target, card.name());
            WireFields.writeText(target, card.macAddress());
        }
        target.writeShort(hardware.disks().size());
        for (DiskDescription disk : hardware.disks()) {
            WireFields.writeUuid(target, disk.id().uuid());
            WireFields.writeText(target, disk.name());
            target.writeLong(disk.sizeBytes()).writeByte(disk.boot() ? 1 : 0);
        }
    }

    private static Hardware readHardware(ByteBuf body) throws ProtocolException {
        var firmware = WireFields.firmware(body.readUnsignedByte());
        int cpus = body.readInt();
        long memory = body.readLong();
        int cardCount = WireFields.count("network cards", body.readUnsignedByte(), Protocol.MAX_NETWORK_CARDS);
        List<Hardware.NetworkCard> cards = new ArrayList<>(cardCount);
        for (int i = 0; i < cardCount; i++) {
            cards.add(new Hardware.NetworkCard(WireFields.readText(body), WireFields.readText(body)));
        }
        int diskCount = WireFields.count("disks", body.readUnsignedShort(), Protocol.MAX_DISKS);
        List<DiskDescription> disks = new ArrayList<>(diskCount);
        for (int i = 0; i < diskCount; i++) {
            disks.add(new DiskDescription(
                    new DiskId(WireFields.readUuid(body)),
                    WireFields.readText(body),
                    body.readLong(),
                    WireFields.flag(body)));
        }
        return new Hardware(firmware, cpus, memory, cards, disks);
    }
}
