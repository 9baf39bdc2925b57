package dev.breakwater.wire;

import dev.breakwater.model.Hardware;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// The parts of which bodies are made.
final class WireFields {

    /// The year 9999: later times are damage.
    static final long MAX_EPOCH_MILLIS = 253_402_300_799_999L;

    private static final UUID NONE = new UUID(0, 0);

    private WireFields() {}

    static void writeUuid(ByteBuf target, UUID uuid) {
        target.writeLong(uuid.getMostSignificantBits()).writeLong(uuid.getLeastSignificantBits());
    }

    static UUID readUuid(ByteBuf source) {
        return new UUID(source.readLong(), source.readLong());
    }

    static void writePoint(ByteBuf target, Optional<PointId> point) {
        writeUuid(target, point.map(PointId::uuid).orElse(NONE));
    }

    static Optional<PointId> readPoint(ByteBuf source) {
        UUID uuid = readUuid(source);
        return uuid.equals(NONE) ? Optional.empty() : Optional.of(new PointId(uuid));
    }

    /// Length (u16), then UTF-8. What is too long is cut at a character, as texts are for people.
    static void writeText(ByteBuf target, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, Protocol.MAX_TEXT_BYTES);
        while (length < bytes.length && length > 0 && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        target.writeShort(length).writeBytes(bytes, 0, length);
    }

    static String readText(ByteBuf source) throws ProtocolException {
        int length = count("bytes of text", source.readUnsignedShort(), Protocol.MAX_TEXT_BYTES);
        byte[] bytes = new byte[length];
        source.readBytes(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new ProtocolException("a text holds control characters");
        }
        return text;
    }

    static boolean flag(ByteBuf source) throws ProtocolException {
        return count("flag", source.readUnsignedByte(), 1) == 1;
    }

    static int count(String what, int value, int max) throws ProtocolException {
        if (value < 0 || value > max) {
            throw new ProtocolException(what + ": " + Integer.toUnsignedString(value) + ", at most " + max);
        }
        return value;
    }

    static int number(PointType type) {
        return switch (type) {
            case CRASH_CONSISTENT -> 0;
            case APPLICATION_CONSISTENT -> 1;
            case FILE_SYSTEM_EQUIVALENT -> 2;
        };
    }

    static PointType pointType(int number) throws ProtocolException {
        return switch (number) {
            case 0 -> PointType.CRASH_CONSISTENT;
            case 1 -> PointType.APPLICATION_CONSISTENT;
            case 2 -> PointType.FILE_SYSTEM_EQUIVALENT;
            default -> throw new ProtocolException("no type of point has the number " + number);
        };
    }

    static int number(Hardware.Firmware firmware) {
        return switch (firmware) {
            case BIOS -> 0;
            case UEFI -> 1;
        };
    }

    static Hardware.Firmware firmware(int number) throws ProtocolException {
        return switch (number) {
            case 0 -> Hardware.Firmware.BIOS;
            case 1 -> Hardware.Firmware.UEFI;
            default -> throw new ProtocolException("no firmware has the number " + number);
        };
    }
}
