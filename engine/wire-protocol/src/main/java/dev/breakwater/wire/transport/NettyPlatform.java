package dev.breakwater.wire.transport;

import dev.breakwater.platform.tls.TlsIdentity;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
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
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/// The best that this computer offers: epoll and BoringSSL on Linux x86-64, else the JDK's selectors and TLS.
final class NettyPlatform {

    /// One version: every peer is ours. AES-128 first, as processors with AES instructions are twice as fast with it
    /// than without, and the data themselves are sealed again with 256 bits before they are stored.
    private static final String TLS_VERSION = "TLSv1.3";

    private static final List<String> CIPHERS =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private NettyPlatform() {}

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
        return SslContextBuilder.forServer(
                        identity.privateKey(), identity.chain().toArray(X509Certificate[]::new))
                .sslProvider(provider())
                .protocols(TLS_VERSION)
                .ciphers(CIPHERS)
                .trustManager(peers)
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    static SslContext clientTls(TlsIdentity identity, TrustManager peers) throws SSLException {
        return SslContextBuilder.forClient()
                .keyManager(identity.privateKey(), identity.chain().toArray(X509Certificate[]::new))
                .sslProvider(provider())
                .protocols(TLS_VERSION)
                .ciphers(CIPHERS)
                .trustManager(peers)
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    private static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }
}
