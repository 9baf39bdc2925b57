package dev.breakwater.launcher.bench;

import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.framecodec.FrameOwner;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.WriteAttempt;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.lz4.Lz4Block;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What an initial copy cannot leave out, in one process with a thread for each processor: read, look for zeros,
/// compress, encrypt and decrypt records of TLS, unpack, seal, write, make durable. No sockets, no digests, no second
/// process, nothing to be waited for: the most that this computer's processors can do of this design.
record BareLoop(Path image, Path target) {

    /// The longest record of TLS 1.3 (RFC 8446, 5.1).
    private static final int RECORD_BYTES = 16 * 1024;

    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    /// What is written at once.
    private static final int BATCH_BYTES = 4 << 20;

    /// Measures the second pass: code is compiled in the first.
    Throughput measure() throws Exception {
        pass();
        Throughput measured = Throughput.timed(Files.size(image), this::pass);
        Files.delete(target);
        return measured;
    }

    private void pass() throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        Entropy entropy = Entropy.system();
        FrameSealer sealer = new FrameSealer(
                FrameKey.of(entropy.bytes(FrameKey.KEY_BYTES)),
                new FrameOwner(new VaultId(entropy.uuid()), entropy.uuid()),
                WriteAttempt.draw(entropy));
        SecretKey session = new SecretKeySpec(entropy.bytes(16), "AES");
        try (FileChannel from = FileChannel.open(image, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                ExecutorService threads = Executors.newFixedThreadPool(processors)) {
            AtomicLong next = new AtomicLong();
            AtomicLong end = new AtomicLong();
            Callable<Void> worker = () -> new Worker(from, to, next, end, sealer, session).work();
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(processors, worker))) {
                done.get();
            }
            to.force(true);
        }
    }

    /// One thread's part.
    private static final class Worker {

        private final FileChannel from;
        private final FileChannel to;
        private final AtomicLong next;
        private final AtomicLong end;
        private final FrameSealer sealer;
        private final SecretKey session;
        private final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        private final ByteBuffer piece = ByteBuffer.allocateDirect(Blocks.MAX_PIECE_BYTES);
        private final MemorySegment zeros = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(Blocks.MAX_PIECE_BYTES));
        private final byte[] plain = new byte[RECORD_BYTES];
        private final byte[] record = new byte[RECORD_BYTES + TAG_BYTES];
        private final ByteBuffer block = ByteBuffer.allocateDirect(Lz4Block.bound(Blocks.MAX_PIECE_BYTES));
        private final ByteBuffer received = ByteBuffer.allocate(Blocks.MAX_PIECE_BYTES);
        private final ByteBuffer unpacked = ByteBuffer.allocateDirect(Blocks.MAX_PIECE_BYTES);
        private final ByteBuffer batch = ByteBuffer.allocate(BATCH_BYTES);
        private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);

        Worker(FileChannel from, FileChannel to, AtomicLong next, AtomicLong end, FrameSealer sealer, SecretKey session)
                throws GeneralSecurityException {
            this.from = from;
            this.to = to;
            this.next = next;
            this.end = end;
            this.sealer = sealer;
            this.session = session;
        }

        private Void work() throws IOException, GeneralSecurityException {
            long at;
            while ((at = next.getAndAdd(piece.capacity())) < from.size()) {
                if (read(at) && !isZero()) {
                    int length = piece.remaining();
                    travel(at, compressed() ? block.flip() : piece);
                    store(length);
                }
            }
            flush();
            return null;
        }

        private boolean read(long at) throws IOException {
            piece.clear();
            while (piece.hasRemaining() && from.read(piece, at + piece.position()) > 0) {}
            piece.flip();
            return piece.hasRemaining();
        }

        private boolean isZero() {
            MemorySegment content = MemorySegment.ofBuffer(piece);
            return content.mismatch(zeros.asSlice(0, content.byteSize())) < 0;
        }

        private boolean compressed() {
            return Lz4Block.compress(piece, block.clear()) > 0;
        }

        /// As records of TLS from one end to the other.
        private void travel(long at, ByteBuffer payload) throws GeneralSecurityException {
            received.clear();
            while (payload.hasRemaining()) {
                nonce.putLong(0, at + payload.position());
                int length = Math.min(RECORD_BYTES, payload.remaining());
                payload.get(plain, 0, length);
                cipher.init(Cipher.ENCRYPT_MODE, session, new GCMParameterSpec(TAG_BYTES * 8, nonce.array()));
                int sealed = cipher.doFinal(plain, 0, length, record, 0);
                cipher.init(Cipher.DECRYPT_MODE, session, new GCMParameterSpec(TAG_BYTES * 8, nonce.array()));
                int opened = cipher.doFinal(record, 0, sealed, received.array(), received.position());
                received.position(received.position() + opened);
            }
            received.flip();
        }

        private void store(int rawLength) throws IOException {
            if (batch.remaining() < sealer.maxFrameLength(rawLength)) {
                flush();
            }
            if (received.remaining() < rawLength) {
                Lz4Block.decompress(received, rawLength, unpacked.clear());
            }
            sealer.sealStored(received, rawLength, batch);
        }

        private void flush() throws IOException {
            batch.flip();
            long at = end.getAndAdd(batch.remaining());
            while (batch.hasRemaining()) {
                at += to.write(batch, at);
            }
            batch.clear();
        }
    }
}
