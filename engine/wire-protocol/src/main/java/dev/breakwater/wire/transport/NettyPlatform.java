package dev.breakwater.wire.transport;

import dev.breakwater.platform.tls.TlsIdentity;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/// The best that this computer offers: epoll and BoringSSL on Linux x86-64, else the JDK's selectors and TLS.
final class NettyPlatform {

    /// For `SslHandler.setWrapDataSize`: each buffer is encrypted into one, as many records as it takes. Netty
    /// otherwise cuts and copies what it is given into pieces of one record.
    static final int WHOLE_BUFFERS = 0;

    /// Received at once: sixteen TLS records, so that a payload takes two calls of the kernel. A connection that is
    /// idle holds none.
    private static final int MAX_RECEIVE_BYTES = 256 * 1024;

    private static final int MIN_RECEIVE_BYTES = 1024;
    private static final int FIRST_RECEIVE_BYTES = 4096;

    private NettyPlatform() {}

    static RecvByteBufAllocator receiving() {
        return new AdaptiveRecvByteBufAllocator(MIN_RECEIVE_BYTES, FIRST_RECEIVE_BYTES, MAX_RECEIVE_BYTES);
    }

    static EventLoopGroup eventLoops(String name, int threads) {
        var factory = new DefaultThreadFactory(name, true);
        return new MultiThreadIoEventLoopGroup(
                threads, factory, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    static Class<? extends ServerSocketChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    static Class<? extends SocketChannel> clientChannel() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    static String description() {
        return (Epoll.isAvailable() ? "epoll" : "NIO") + ", " + (OpenSsl.isAvailable() ? "BoringSSL" : "JDK TLS");
    }

    static SslContext serverTls(TlsIdentity identity, TrustManager peers) throws SSLException {
        return SslContextBuilder.forServer(identity.keyManager())
                .sslProvider(provider())
                .protocols(TlsIdentity.TLS_VERSION)
                .ciphers(TlsIdentity.CIPHERS)
                .trustManager(peers)
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    static SslContext clientTls(TlsIdentity identity, TrustManager peers) throws SSLException {
        return SslContextBuilder.forClient()
                .keyManager(identity.keyManager())
                .sslProvider(provider())
                .protocols(TlsIdentity.TLS_VERSION)
                .ciphers(TlsIdentity.CIPHERS)
                .trustManager(peers)
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    private static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }
}
