package dev.breakwater.diskexport;

import dev.breakwater.model.Blocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// The first part of an NBD connection: greeting and options, until the client has chosen an export.
final class NbdNegotiation {

    /// A client that asks more than this is not getting anywhere.
    private static final int MAX_OPTIONS = 256;

    private final NbdInput input;
    private final WritableByteChannel output;
    private final Map<String, NbdExport> exports;
    private boolean noZeroes;
    private boolean structuredReplies;
    private String allocationOf = "";
    private boolean allocation;

    /// What was agreed.
    ///
    /// @param export the chosen disk
    /// @param structuredReplies whether replies come in chunks
    /// @param allocation whether the client may ask which ranges are holes
    record Agreement(NbdExport export, boolean structuredReplies, boolean allocation) {}

    NbdNegotiation(NbdInput input, WritableByteChannel output, Map<String, NbdExport> exports) {
        this.input = input;
        this.output = output;
        this.exports = exports;
    }

    NbdInput input() {
        return input;
    }

    /// Negotiates.
    ///
    /// @return the agreement, or empty if the client ended the talk
    /// @throws IOException if the client is gone or speaks something else
    Optional<Agreement> run() throws IOException {
        send(ByteBuffer.allocate(18)
                .putLong(Nbd.GREETING_MAGIC)
                .putLong(Nbd.OPTION_MAGIC)
                .putShort((short) (Nbd.HANDSHAKE_FIXED_NEWSTYLE | Nbd.HANDSHAKE_NO_ZEROES))
                .flip());
        int clientFlags = input.next(4).getInt();
        if ((clientFlags & ~(Nbd.HANDSHAKE_FIXED_NEWSTYLE | Nbd.HANDSHAKE_NO_ZEROES)) != 0) {
            throw new IOException("the client wants a handshake that we do not know: " + clientFlags);
        }
        noZeroes = (clientFlags & Nbd.HANDSHAKE_NO_ZEROES) != 0;
        for (int i = 0; i < MAX_OPTIONS; i++) {
            ByteBuffer header = input.next(Nbd.OPTION_HEADER_BYTES);
            if (header.getLong() != Nbd.OPTION_MAGIC) {
                throw new IOException("the client does not speak the NBD protocol");
            }
            int option = header.getInt();
            long length = Integer.toUnsignedLong(header.getInt());
            if (length > Nbd.MAX_OPTION_BYTES) {
                input.skip(Math.min(length, Nbd.MAX_REQUEST_BYTES));
                if (length > Nbd.MAX_REQUEST_BYTES) {
                    throw new IOException("the client sent an option of " + length + " bytes");
                }
                reply(option, Nbd.REP_ERR_TOO_BIG);
                continue;
            }
            ByteBuffer data = input.next((int) length);
            if (option == Nbd.OPT_ABORT) {
                reply(option, Nbd.REP_ACK);
                return Optional.empty();
            }
            Optional<Agreement> agreed = answer(option, data);
            if (agreed.isPresent()) {
                return agreed;
            }
        }
        throw new IOException("the client sent " + MAX_OPTIONS + " options without choosing an export");
    }

    private Optional<Agreement> answer(int option, ByteBuffer data) throws IOException {
        switch (option) {
            case Nbd.OPT_EXPORT_NAME -> {
                return Optional.of(exportName(data));
            }
            case Nbd.OPT_INFO, Nbd.OPT_GO -> {
                return infoOrGo(option, data);
            }
            case Nbd.OPT_LIST -> list(data);
            case Nbd.OPT_STRUCTURED_REPLY -> {
                structuredReplies |= !data.hasRemaining();
                reply(option, data.hasRemaining() ? Nbd.REP_ERR_INVALID : Nbd.REP_ACK);
            }
            case Nbd.OPT_SET_META_CONTEXT, Nbd.OPT_LIST_META_CONTEXT -> metaContext(option, data);
            default -> reply(option, Nbd.REP_ERR_UNSUPPORTED);
        }
        return Optional.empty();
    }

    private Agreement exportName(ByteBuffer data) throws IOException {
        NbdExport export = find(text(data, data.remaining()))
                .orElseThrow(() -> new IOException("the client asked for an export that does not exist"));
        ByteBuffer answer =
                ByteBuffer.allocate(134).putLong(export.disk().sizeBytes()).putShort(transmissionFlags());
        send((noZeroes ? answer : answer.position(answer.capacity())).flip());
        return agreement(export);
    }

    private Optional<Agreement> infoOrGo(int option, ByteBuffer data) throws IOException {
        Optional<String> name = name(data);
        if (name.isEmpty() || data.remaining() < 2 || data.remaining() != 2 + 2 * (data.getShort() & 0xffff)) {
            reply(option, Nbd.REP_ERR_INVALID);
            return Optional.empty();
        }
        Optional<NbdExport> export = find(name.get());
        if (export.isEmpty()) {
            reply(option, Nbd.REP_ERR_UNKNOWN_EXPORT);
            return Optional.empty();
        }
        reply(
                option,
                Nbd.REP_INFO,
                ByteBuffer.allocate(12)
                        .putShort((short) Nbd.INFO_EXPORT)
                        .putLong(export.get().disk().sizeBytes())
                        .putShort(transmissionFlags())
                        .flip());
        reply(
                option,
                Nbd.REP_INFO,
                ByteBuffer.allocate(14)
                        .putShort((short) Nbd.INFO_BLOCK_SIZE)
                        .putInt(1)
                        .putInt(Blocks.BLOCK_BYTES)
                        .putInt(Nbd.PREFERRED_MAX_REQUEST_BYTES)
                        .flip());
        reply(option, Nbd.REP_ACK);
        return option == Nbd.OPT_GO ? Optional.of(agreement(export.get())) : Optional.empty();
    }

    private void list(ByteBuffer data) throws IOException {
        if (data.hasRemaining()) {
            reply(Nbd.OPT_LIST, Nbd.REP_ERR_INVALID);
            return;
        }
        for (String name : exports.keySet()) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            reply(
                    Nbd.OPT_LIST,
                    Nbd.REP_SERVER,
                    ByteBuffer.allocate(4 + bytes.length)
                            .putInt(bytes.length)
                            .put(bytes)
                            .flip());
        }
        reply(Nbd.OPT_LIST, Nbd.REP_ACK);
    }

    private void metaContext(int option, ByteBuffer data) throws IOException {
        Optional<String> name = name(data);
        if (!structuredReplies || name.isEmpty() || data.remaining() < 4) {
            reply(option, Nbd.REP_ERR_INVALID);
            return;
        }
        Optional<NbdExport> export = find(name.get());
        if (export.isEmpty()) {
            reply(option, Nbd.REP_ERR_UNKNOWN_EXPORT);
            return;
        }
        long queries = Integer.toUnsignedLong(data.getInt());
        boolean wanted = queries == 0 && option == Nbd.OPT_LIST_META_CONTEXT;
        for (long i = 0; i < queries; i++) {
            Optional<String> query = name(data);
            if (query.isEmpty()) {
                reply(option, Nbd.REP_ERR_INVALID);
                return;
            }
            wanted |= query.get().equals(Nbd.BASE_ALLOCATION)
                    || (option == Nbd.OPT_LIST_META_CONTEXT && query.get().equals("base:"));
        }
        if (option == Nbd.OPT_SET_META_CONTEXT) {
            allocation = wanted;
            allocationOf = export.get().name();
        }
        if (wanted) {
            byte[] context = Nbd.BASE_ALLOCATION.getBytes(StandardCharsets.UTF_8);
            reply(
                    option,
                    Nbd.REP_META_CONTEXT,
                    ByteBuffer.allocate(4 + context.length)
                            .putInt(option == Nbd.OPT_SET_META_CONTEXT ? Nbd.BASE_ALLOCATION_ID : 0)
                            .put(context)
                            .flip());
        }
        reply(option, Nbd.REP_ACK);
    }

    private Agreement agreement(NbdExport export) {
        return new Agreement(
                export, structuredReplies, allocation && export.name().equals(allocationOf));
    }

    private short transmissionFlags() {
        return (short) (Nbd.FLAG_HAS_FLAGS
                | Nbd.FLAG_READ_ONLY
                | Nbd.FLAG_SEND_FLUSH
                | Nbd.FLAG_CAN_MULTI_CONN
                | (structuredReplies ? Nbd.FLAG_SEND_DF : 0));
    }

    private Optional<NbdExport> find(String name) {
        return name.isEmpty() ? exports.values().stream().findFirst() : Optional.ofNullable(exports.get(name));
    }

    private static Optional<String> name(ByteBuffer data) {
        if (data.remaining() < 4) {
            return Optional.empty();
        }
        long length = Integer.toUnsignedLong(data.getInt());
        return length > data.remaining() || length > Nbd.MAX_NAME_BYTES
                ? Optional.empty()
                : Optional.of(text(data, (int) length));
    }

    private static String text(ByteBuffer data, int length) {
        byte[] bytes = new byte[length];
        data.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void reply(int option, int type) throws IOException {
        reply(option, type, ByteBuffer.allocate(0));
    }

    private void reply(int option, int type, ByteBuffer data) throws IOException {
        send(ByteBuffer.allocate(20 + data.remaining())
                .putLong(Nbd.OPTION_REPLY_MAGIC)
                .putInt(option)
                .putInt(type)
                .putInt(data.remaining())
                .put(data)
                .flip());
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            output.write(bytes);
        }
    }
}
