package dev.breakwater.diskexport;

import dev.breakwater.model.ReadableDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second part of an NBD connection: requests and replies. Requests are read by one thread; reads of the disk run
/// beside each other and are answered in the order in which they end.
final class NbdTransmission {

    private static final Logger LOG = LoggerFactory.getLogger(NbdTransmission.class);

    /// Reads of one client under way at a time; QEMU sends at most 16 before it waits.
    private static final int MAX_READS = 16;

    /// What a client learns about a failed read; the reason stands in our log, not on the wire.
    private static final byte[] READ_FAILED = "the vault could not be read".getBytes(StandardCharsets.UTF_8);

    private final NbdInput input;
    private final GatheringByteChannel output;
    private final ReadableDisk disk;
    private final String name;
    private final boolean structured;
    private final boolean allocation;
    private final Semaphore pendingBytes;
    private final Semaphore reads = new Semaphore(MAX_READS);
    private final ReentrantLock sending = new ReentrantLock();
    private final AllocationCursor holes;

    /// A request.
    ///
    /// @param flags what the client wants besides
    /// @param type what it wants
    /// @param cookie comes back in the reply
    /// @param offset first byte
    /// @param length bytes, unsigned 32 bits
    private record Request(int flags, int type, long cookie, long offset, long length) {}

    NbdTransmission(
            NbdInput input, GatheringByteChannel output, NbdNegotiation.Agreement agreement, Semaphore pendingBytes) {
        this.input = input;
        this.output = output;
        this.disk = agreement.export().disk();
        this.name = agreement.export().name();
        this.structured = agreement.structuredReplies();
        this.allocation = agreement.allocation();
        this.pendingBytes = pendingBytes;
        this.holes = new AllocationCursor(disk);
    }

    /// Serves until the client says good-bye, is gone, or breaks the protocol.
    void run() throws IOException, InterruptedException {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            while (true) {
                ByteBuffer header = input.next(Nbd.REQUEST_BYTES);
                if (header.getInt() != Nbd.REQUEST_MAGIC) {
                    throw new IOException("the client sent something that is no NBD request");
                }
                Request request = new Request(
                        header.getShort() & 0xffff,
                        header.getShort() & 0xffff,
                        header.getLong(),
                        header.getLong(),
                        Integer.toUnsignedLong(header.getInt()));
                if (request.type() == Nbd.CMD_DISCONNECT) {
                    return;
                }
                handle(request, readers);
            }
        }
    }

    private void handle(Request request, ExecutorService readers) throws IOException, InterruptedException {
        switch (request.type()) {
            case Nbd.CMD_READ -> {
                if (inside(request)) {
                    read(request, readers);
                } else {
                    fail(request, Nbd.EINVAL);
                }
            }
            case Nbd.CMD_FLUSH -> done(request);
            case Nbd.CMD_WRITE -> {
                if (request.length() > Nbd.MAX_REQUEST_BYTES) {
                    throw new IOException(
                            "the client wants to write " + request.length() + " bytes to a read-only" + " disk");
                }
                input.skip(request.length());
                fail(request, Nbd.EPERM);
            }
            case Nbd.CMD_TRIM, Nbd.CMD_WRITE_ZEROES -> fail(request, Nbd.EPERM);
            case Nbd.CMD_BLOCK_STATUS -> blockStatus(request);
            default -> fail(request, Nbd.EINVAL);
        }
    }

    private boolean inside(Request request) {
        return request.length() > 0 && request.length() <= Nbd.MAX_REQUEST_BYTES && insideDisk(request);
    }

    private boolean insideDisk(Request request) {
        return request.offset() >= 0 && request.length() > 0 && request.offset() <= disk.sizeBytes() - request.length();
    }

    private void read(Request request, ExecutorService readers) throws InterruptedException {
        int length = (int) request.length();
        reads.acquire();
        pendingBytes.acquire(length);
        readers.execute(() -> {
            try {
                readAndSend(request, length);
            } catch (IOException e) {
                hangUp(e);
            } finally {
                pendingBytes.release(length);
                reads.release();
            }
        });
    }

    private void readAndSend(Request request, int length) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(length);
        try {
            disk.read(request.offset(), data);
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "Export {}: {} bytes at {} could not be read, so the machine that runs from it sees a disk error:"
                            + " {}",
                    name,
                    length,
                    request.offset(),
                    e.getMessage(),
                    e);
            fail(request, Nbd.EIO);
            return;
        }
        data.flip();
        if (structured) {
            ByteBuffer head = chunk(request, Nbd.CHUNK_OFFSET_DATA, Long.BYTES, length)
                    .putLong(request.offset())
                    .flip();
            send(head, data);
        } else {
            send(simple(request, Nbd.OK), data);
        }
    }

    private void blockStatus(Request request) throws IOException {
        if (!allocation || !insideDisk(request)) {
            fail(request, Nbd.EINVAL);
            return;
        }
        ByteBuffer states;
        try {
            int most = (request.flags() & Nbd.CMD_FLAG_REQ_ONE) != 0 ? 1 : AllocationCursor.MAX_DESCRIPTORS;
            states = holes.describe(request.offset(), request.length(), most);
        } catch (IOException e) {
            LOG.error("Export {}: the map of the disk could not be read: {}", name, e.getMessage(), e);
            fail(request, Nbd.EIO);
            return;
        }
        ByteBuffer head = chunk(request, Nbd.CHUNK_BLOCK_STATUS, Integer.BYTES, states.remaining())
                .putInt(Nbd.BASE_ALLOCATION_ID)
                .flip();
        send(head, states);
    }

    private void done(Request request) throws IOException {
        send(structured ? chunk(request, Nbd.CHUNK_NONE, 0, 0).flip() : simple(request, Nbd.OK));
    }

    private void fail(Request request, int error) throws IOException {
        if (structured) {
            byte[] text = error == Nbd.EIO ? READ_FAILED : new byte[0];
            send(chunk(request, Nbd.CHUNK_ERROR, 6 + text.length, 0)
                    .putInt(error)
                    .putShort((short) text.length)
                    .put(text)
                    .flip());
        } else {
            send(simple(request, error));
        }
    }

    /// The head of the only chunk of a structured reply, with room for the start of its payload.
    private static ByteBuffer chunk(Request request, int type, int payloadHead, int payloadRest) {
        return ByteBuffer.allocate(20 + payloadHead)
                .putInt(Nbd.STRUCTURED_REPLY_MAGIC)
                .putShort((short) Nbd.CHUNK_DONE)
                .putShort((short) type)
                .putLong(request.cookie())
                .putInt(payloadHead + payloadRest);
    }

    private static ByteBuffer simple(Request request, int error) {
        return ByteBuffer.allocate(16)
                .putInt(Nbd.SIMPLE_REPLY_MAGIC)
                .putInt(error)
                .putLong(request.cookie())
                .flip();
    }

    private void send(ByteBuffer... parts) throws IOException {
        sending.lock();
        try {
            ByteBuffer last = parts[parts.length - 1];
            while (parts[0].hasRemaining() || last.hasRemaining()) {
                output.write(parts);
            }
        } finally {
            sending.unlock();
        }
    }

    private void hangUp(IOException e) {
        LOG.debug("Export {}: the client is gone: {}", name, e.getMessage());
        try {
            output.close();
        } catch (IOException _) {
            LOG.debug("Export {}: its connection was closed already", name);
        }
    }
}
