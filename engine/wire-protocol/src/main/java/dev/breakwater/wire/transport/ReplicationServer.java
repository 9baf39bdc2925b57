package dev.breakwater.wire.transport;

import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for machines: mutual TLS, upgrade, HELLO, and the rules of the protocol. What the messages mean is the
/// [MachineAcceptor]'s business.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
public final class ReplicationServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationServer.class);

    /// Answers in flight to one machine are at most some digests (16 × 64 KiB) and acknowledgements.
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(1 << 20, 4 << 20);

    private static final int BACKLOG = 1024;
    private static final int MAX_HTTP_LINE = 1024;
    private static final int MAX_HTTP_HEADERS = 4096;

    /// Acknowledgements that may wait for each other before they go out together.
    private static final int FLUSHES_TOGETHER = 32;

    private final EventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ConnectionLedger ledger;
    private final Tls tls;
    private final Channel listening;

    private ReplicationServer(ServerSettings settings, MachineAcceptor acceptor)
            throws IOException, InterruptedException {
        ledger = new ConnectionLedger(settings.maxConnections());
        tls = new Tls(settings.identity());
        loops = NettyPlatform.eventLoops("replication", settings.threads());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NettyPlatform.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, NettyPlatform.receiving())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) throws SSLException {
                        accepted(channel, settings, acceptor);
                    }
                })
                .bind(settings.address())
                .await();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IOException(
                    "The process server cannot listen on " + settings.address() + ", so no machine can replicate: "
                            + bound.cause().getMessage() + ". Stop what uses the port or choose another.",
                    bound.cause());
        }
        listening = bound.channel();
        LOG.info("Listening for machines on {} ({})", listening.localAddress(), NettyPlatform.description());
    }

    /// Listens from now on.
    ///
    /// @throws IOException if the address cannot be used
    public static ReplicationServer start(ServerSettings settings, MachineAcceptor acceptor)
            throws IOException, InterruptedException {
        return new ReplicationServer(settings, acceptor);
    }

    private void accepted(SocketChannel channel, ServerSettings settings, MachineAcceptor acceptor)
            throws SSLException {
        ConnectionLedger.Entry entry =
                ledger.open(channel.remoteAddress().getAddress().getHostAddress());
        if (entry == null) {
            LOG.warn("A connection from {} was closed: too many stand already", channel.remoteAddress());
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> entry.end());
        connections.add(channel);
        ConnectionTimes times = settings.times();
        SslHandler handler = tls.newest().newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(times.connect().toMillis());
        channel.pipeline()
                .addLast("tls", handler)
                .addLast(
                        "idle",
                        new IdleStateHandler(
                                times.dead().toMillis(), times.ping().toMillis(), 0, TimeUnit.MILLISECONDS))
                .addLast("flush", new FlushConsolidationHandler(FLUSHES_TOGETHER, true))
                .addLast("http", new HttpServerCodec(MAX_HTTP_LINE, MAX_HTTP_HEADERS, MAX_HTTP_HEADERS))
                .addLast("upgrade", new UpgradeResponder())
                .addLast("session", new SessionHandler(acceptor, times, entry::belongsTo));
    }

    /// The context for new connections, made anew when the process server's certificate was renewed.
    private static final class Tls {
        private final LiveIdentity identity;
        private TlsIdentity shown;
        private SslContext context;

        Tls(LiveIdentity identity) throws SSLException {
            this.identity = identity;
            this.shown = identity.now();
            this.context = context(shown);
        }

        synchronized SslContext newest() throws SSLException {
            TlsIdentity now = identity.now();
            if (!now.equals(shown)) {
                context = context(now);
                shown = now;
            }
            return context;
        }

        private static SslContext context(TlsIdentity identity) throws SSLException {
            return NettyPlatform.serverTls(identity, identity.trustManager(PeerRole.MACHINE, Optional.empty()));
        }
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /// Connections that stand, whether they said HELLO or not.
    public int connectionCount() {
        return connections.size();
    }

    /// Accepts no further connection; those that stand stay.
    public void stopAccepting() {
        listening.close().awaitUninterruptibly();
    }

    /// Closes all connections.
    @Override
    public void close() {
        stopAccepting();
        connections.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
