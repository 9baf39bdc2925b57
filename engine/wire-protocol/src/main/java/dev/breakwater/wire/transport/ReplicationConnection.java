package dev.breakwater.wire.transport;

import dev.breakwater.platform.Threads;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Message.Close;
import dev.breakwater.wire.Message.Data;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.Message.PointMetadata;
import dev.breakwater.wire.Message.Sequenced;
import dev.breakwater.wire.Message.Welcome;
import dev.breakwater.wire.Message.Zeros;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.ProtocolException;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A machine's connection to its process server, after HELLO and WELCOME.
///
/// Sending methods may be called from any thread, one message after the other; they block while the window is full,
/// which is how a slow vault slows the machine down. What is sent is gone if the connection dies before DURABLE: the
/// caller keeps track of generations. Nothing here is retried.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
public final class ReplicationConnection implements AutoCloseable {

    private final Destination destination;
    private final Hello hello;
    private final ReplicationListener listener;
    private final ConnectionTimes times;
    private final CompletableFuture<Welcome> welcomed = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, CompletableFuture<byte[]>> asked = new HashMap<>();
    private @Nullable Channel channel;
    private @Nullable Welcome welcome;
    private @Nullable IOException closed;
    private long sequence;
    private long spent;
    private long credit;
    private long nextGeneration;
    private int nextRequest;

    ReplicationConnection(Destination destination, Hello hello, ReplicationListener listener, ConnectionTimes times) {
        this.destination = destination;
        this.hello = hello;
        this.listener = listener;
        this.times = times;
        this.nextGeneration = hello.nextGeneration();
    }

    ChannelHandler handler() {
        return new ConnectionHandler(this, hello);
    }

    void open(Bootstrap bootstrap) throws IOException, InterruptedException {
        ChannelFuture connecting = bootstrap.connect(destination.host(), destination.port());
        try {
            if (!connecting.await(times.connect().toMillis() * 2) || !connecting.isSuccess()) {
                connecting.cancel(false);
                throw new IOException(
                        "The process server at " + destination + " cannot be reached: " + connecting.cause(),
                        connecting.cause());
            }
            stands(connecting.channel());
            awaitWelcome(Threads.system());
        } finally {
            if (welcome == null) {
                connecting.channel().close();
            }
        }
    }

    /// The channel to send on; HELLO may be answered from now on.
    void stands(Channel open) {
        lock.lock();
        try {
            channel = open;
        } finally {
            lock.unlock();
        }
    }

    void awaitWelcome(Threads threads) throws IOException, InterruptedException {
        try {
            welcome = threads.await(welcomed, times.connect().multipliedBy(2).plus(times.welcome()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("The process server at " + destination + " did not answer HELLO in time.", e);
        }
    }

    /// What the process server said first.
    public Welcome welcome() {
        Welcome known = welcome;
        if (known == null) {
            throw new IllegalStateException("not connected yet");
        }
        return known;
    }

    /// Sends bytes of a disk for the open generation; blocks while the window is full.
    ///
    /// @param diskIndex place of the disk in HELLO
    /// @param offset first byte, a multiple of 4096
    /// @param rawLength how many bytes of the disk: 1 byte to 256 KiB, a multiple of 4096 unless they end with the
    ///     disk
    /// @param bytes these, or, if they are fewer, an LZ4 block of a large piece
    ///     ([dev.breakwater.model.Blocks#LARGE_PIECE_BYTES]); copied before this returns, its position moves to its
    ///     limit
    /// @return the message's number
    /// @throws IOException if the connection is over; what ended it is the cause
    public long data(int diskIndex, long offset, int rawLength, ByteBuffer bytes)
            throws IOException, InterruptedException {
        int length = bytes.remaining();
        if (length < 1 || length > rawLength || rawLength > Protocol.MAX_DATA_BYTES) {
            throw new IllegalArgumentException(
                    length + " bytes for " + rawLength + " of a disk do not fit a DATA message");
        }
        lock.lockInterruptibly();
        try {
            Channel to = awaitRoom(Protocol.MESSAGE_COST_BYTES + (long) length);
            ByteBuf payload = MessageEncoder.payloadBuffer(PooledByteBufAllocator.DEFAULT, length);
            payload.writeBytes(bytes);
            return send(to, new Data(sequence + 1, diskIndex, offset, rawLength, payload));
        } finally {
            lock.unlock();
        }
    }

    /// Sends that a range of a disk reads as zeros; blocks while the window is full.
    ///
    /// @return the message's number
    /// @throws IOException if the connection is over
    public long zeros(int diskIndex, long offset, long length) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            Channel to = awaitRoom(Protocol.MESSAGE_COST_BYTES);
            return send(to, new Zeros(sequence + 1, diskIndex, offset, length));
        } finally {
            lock.unlock();
        }
    }

    /// Closes the open generation; the next message belongs to the next one. Blocks while the window is full.
    ///
    /// @param generation number of the open generation: the next after the one closed before
    /// @param point what makes it a recovery point; empty for PARTIAL
    /// @return the message's number
    /// @throws IOException if the connection is over
    public long closeGeneration(long generation, Optional<PointMetadata> point)
            throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (generation != nextGeneration) {
                throw new IllegalArgumentException("generation " + generation + " is not open, but " + nextGeneration);
            }
            Channel to = awaitRoom(Protocol.MESSAGE_COST_BYTES);
            nextGeneration++;
            return send(to, new Close(sequence + 1, generation, point));
        } finally {
            lock.unlock();
        }
    }

    /// Asks for digests of regions of 1 MiB of the vault's newest state: [Protocol#DIGEST_BYTES] per region.
    ///
    /// Blocks while [Protocol#MAX_OPEN_DIGEST_REQUESTS] have no answer.
    ///
    /// @param count 1 to [Protocol#MAX_DIGEST_REGIONS], all within the disk
    /// @return completes with the digests, or exceptionally if the connection dies first
    public CompletableFuture<byte[]> digests(int diskIndex, long firstRegion, int count)
            throws IOException, InterruptedException {
        return ask(request -> new Message.DigestsRequest(request, diskIndex, firstRegion, count));
    }

    /// Asks for the digests of the blocks of one region: [Protocol#DIGEST_BYTES] per block. Blocks as [#digests] does.
    public CompletableFuture<byte[]> blockDigests(int diskIndex, long region) throws IOException, InterruptedException {
        return ask(request -> new Message.BlockDigestsRequest(request, diskIndex, region));
    }

    /// Whether messages can still be sent.
    public boolean isOpen() {
        lock.lock();
        try {
            return closed == null;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the connection. What is not durable must be sent again on the next one.
    @Override
    public void close() {
        ended(new IOException("The connection was closed by this machine."));
    }

    private interface Question {
        Message with(int request);
    }

    private CompletableFuture<byte[]> ask(Question question) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (closed == null && asked.size() >= Protocol.MAX_OPEN_DIGEST_REQUESTS) {
                changed.await();
            }
            Channel to = requireOpen();
            int request = nextRequest++;
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            asked.put(request, answer);
            to.writeAndFlush(question.with(request), to.voidPromise());
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private Channel awaitRoom(long cost) throws IOException, InterruptedException {
        while (closed == null && (spent + cost > credit || !requireOpen().isWritable())) {
            changed.await();
        }
        return requireOpen();
    }

    private Channel requireOpen() throws IOException {
        Channel known = channel;
        if (closed != null || known == null) {
            throw new IOException("The connection to the process server at " + destination + " is over.", closed);
        }
        return known;
    }

    private long send(Channel to, Sequenced message) {
        sequence = message.sequence();
        spent += message.cost();
        to.writeAndFlush(message, to.voidPromise());
        return sequence;
    }

    /// Hears the answers; on the transport's thread.
    void received(Message message) throws ProtocolException {
        switch (message) {
            case Welcome first -> {
                if (first.version() != Protocol.VERSION || first.creditBytes() <= 0) {
                    throw new ProtocolException("WELCOME with version " + first.version());
                }
                grant(first.creditBytes());
                if (!welcomed.complete(first)) {
                    throw new ProtocolException("WELCOME came twice");
                }
            }
            case Message.Stored stored -> {
                grant(stored.creditBytes());
                listener.stored(stored.sequence());
            }
            case Message.Durable durable -> listener.durable(durable);
            case Message.Digests digests -> answer(digests.request(), digests.digests());
            case Message.BlockDigests digests -> answer(digests.request(), digests.digests());
            case Message.Refused refused -> ended(new RefusedException(refused.code(), refused.text()));
            case Message.Ping _, Message.Pong _ -> {}
            default -> throw new ProtocolException("a process server does not send this");
        }
    }

    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void grant(long creditBytes) throws ProtocolException {
        lock.lock();
        try {
            if (creditBytes < credit) {
                throw new ProtocolException("the credit fell from " + credit + " to " + creditBytes);
            }
            credit = creditBytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void answer(int request, byte[] digests) throws ProtocolException {
        CompletableFuture<byte[]> waiting;
        lock.lock();
        try {
            waiting = asked.remove(request);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (waiting == null) {
            throw new ProtocolException("an answer to request " + request + ", which is not open");
        }
        waiting.complete(digests);
    }

    /// Ends the connection once; later causes are ignored.
    void ended(IOException cause) {
        List<CompletableFuture<byte[]>> unanswered;
        Channel known;
        lock.lock();
        try {
            if (closed != null) {
                return;
            }
            closed = cause;
            known = channel;
            unanswered = List.copyOf(asked.values());
            asked.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (known != null) {
            known.close();
        }
        unanswered.forEach(waiting -> waiting.completeExceptionally(cause));
        if (!welcomed.completeExceptionally(cause)) {
            listener.closed(cause);
        }
    }
}
