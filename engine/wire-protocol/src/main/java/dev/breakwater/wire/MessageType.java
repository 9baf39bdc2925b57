package dev.breakwater.wire;

/// The types of messages and how large their bodies may be. Numbers are never reused.
public enum MessageType {
    /// [Message.Hello]
    HELLO(1, Protocol.MAX_CONTROL_BYTES),
    /// [Message.Welcome]
    WELCOME(2, 128),
    /// [Message.Data]
    DATA(3, Protocol.DATA_PREFIX_BYTES + Protocol.MAX_DATA_BYTES),
    /// [Message.Zeros]
    ZEROS(4, 26),
    /// [Message.Close]
    CLOSE(5, Protocol.MAX_CONTROL_BYTES),
    /// [Message.Stored]
    STORED(6, 16),
    /// [Message.Durable]
    DURABLE(7, 32),
    /// [Message.DigestsRequest]
    DIGESTS_REQUEST(8, 18),
    /// [Message.Digests]
    DIGESTS(9, 4 + Protocol.MAX_DIGEST_REGIONS * Protocol.DIGEST_BYTES),
    /// [Message.BlockDigestsRequest]
    BLOCK_DIGESTS_REQUEST(10, 14),
    /// [Message.BlockDigests]
    BLOCK_DIGESTS(11, 4 + Protocol.REGION_BLOCKS * Protocol.DIGEST_BYTES),
    /// [Message.Refused]
    REFUSED(12, 4 + Protocol.MAX_TEXT_BYTES),
    /// [Message.Ping]
    PING(13, 8),
    /// [Message.Pong]
    PONG(14, 8);

    private static final MessageType[] BY_NUMBER = new MessageType[values().length + 1];

    static {
        for (MessageType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    private final int number;
    private final int maxBodyBytes;

    MessageType(int number, int maxBodyBytes) {
        this.number = number;
        this.maxBodyBytes = maxBodyBytes;
    }

    /// The number on the wire.
    public int number() {
        return number;
    }

    /// The largest body that is accepted.
    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /// The type with that number.
    ///
    /// @throws ProtocolException if there is none
    public static MessageType ofNumber(int number) throws ProtocolException {
        if (number < 1 || number >= BY_NUMBER.length) {
            throw new ProtocolException("no message has the type " + number);
        }
        return BY_NUMBER[number];
    }

    /// The type of a message.
    public static MessageType of(Message message) {
        return switch (message) {
            case Message.Hello _ -> HELLO;
            case Message.Welcome _ -> WELCOME;
            case Message.Data _ -> DATA;
            case Message.Zeros _ -> ZEROS;
            case Message.Close _ -> CLOSE;
            case Message.Stored _ -> STORED;
            case Message.Durable _ -> DURABLE;
            case Message.DigestsRequest _ -> DIGESTS_REQUEST;
            case Message.Digests _ -> DIGESTS;
            case Message.BlockDigestsRequest _ -> BLOCK_DIGESTS_REQUEST;
            case Message.BlockDigests _ -> BLOCK_DIGESTS;
            case Message.Refused _ -> REFUSED;
            case Message.Ping _ -> PING;
            case Message.Pong _ -> PONG;
        };
    }
}
