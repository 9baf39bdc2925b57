package dev.breakwater.wire.transport;

import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import dev.breakwater.wire.Message.Hello;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Opens connections of a machine to process servers. One for a program; its connections share its thread.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
public final class ReplicationClient implements AutoCloseable {

    /// One thread encrypts for all connections: a machine has one, or two while it moves.
    private static final int THREADS = 1;

    /// What waits for the socket below the low mark is asked for again; above the high mark a sender waits.
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(1 << 20, 4 << 20);

    /// Small messages that may wait for each other, so that they share TLS records.
    private static final int FLUSHES_TOGETHER = 64;

    private static final int MAX_HTTP_LINE = 1024;
    private static final int MAX_HTTP_HEADERS = 4096;

    private final LiveIdentity identity;
    private final ConnectionTimes times;
    private final EventLoopGroup loops;

    /// @param identity the machine's certificate, the newest for each connection, and the authority it trusts
    public ReplicationClient(LiveIdentity identity) {
        this(identity, ConnectionTimes.USUAL, THREADS);
    }

    /// @param identity the machine's certificate and the authority it trusts
    public ReplicationClient(TlsIdentity identity) {
        this(new LiveIdentity(identity));
    }

    /// @param threads that encrypt and decrypt; more than one only for programs that play many machines
    public ReplicationClient(TlsIdentity identity, ConnectionTimes times, int threads) {
        this(new LiveIdentity(identity), times, threads);
    }

    private ReplicationClient(LiveIdentity identity, ConnectionTimes times, int threads) {
        this.identity = identity;
        this.times = times;
        this.loops = NettyPlatform.eventLoops("replication-client", threads);
    }

    /// Connects and waits until the process server has answered HELLO.
    ///
    /// @param hello who the machine is and what it will send
    /// @param listener what to do with answers; hears nothing before this method returns, and nothing at all if it
    ///     throws
    /// @throws RefusedException if the process server said no
    /// @throws IOException if it cannot be reached, is not the one expected, or does not answer in time
    public ReplicationConnection connect(Destination destination, Hello hello, ReplicationListener listener)
            throws IOException, InterruptedException {
        TlsIdentity newest = identity.now();
        SslContext tls = NettyPlatform.clientTls(
                newest,
                newest.trustManager(
                        PeerRole.PROCESS_SERVER,
                        Optional.of(destination.expected().uuid())));
        var connection = new ReplicationConnection(destination, hello, listener, times);
        var bootstrap = new Bootstrap()
                .group(loops)
                .channel(NettyPlatform.clientChannel())
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(times.connect().toMillis()))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        SslHandler handler = tls.newHandler(channel.alloc(), destination.host(), destination.port());
                        handler.setHandshakeTimeoutMillis(times.connect().toMillis());
                        handler.setWrapDataSize(NettyPlatform.WHOLE_BUFFERS);
                        channel.pipeline()
                                .addLast("tls", handler)
                                .addLast(
                                        "idle",
                                        new IdleStateHandler(
                                                times.dead().toMillis(),
                                                times.ping().toMillis(),
                                                0,
                                                TimeUnit.MILLISECONDS))
                                .addLast("flush", new FlushConsolidationHandler(FLUSHES_TOGETHER, true))
                                .addLast("http", new HttpClientCodec(MAX_HTTP_LINE, MAX_HTTP_HEADERS, MAX_HTTP_HEADERS))
                                .addLast("upgrade", new UpgradeRequester(destination, times))
                                .addLast("connection", connection.handler());
                    }
                });
        connection.open(bootstrap);
        return connection;
    }

    /// Closes all connections.
    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
