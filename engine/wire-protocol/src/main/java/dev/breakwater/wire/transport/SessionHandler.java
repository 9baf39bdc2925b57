package dev.breakwater.wire.transport;

import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.wire.MachineRules;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.ProtocolException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last handler of the process server's side: HELLO first, then nothing that the rules forbid.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
final class SessionHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);

    /// Certificates live for a month; nobody waits for the end of one that lives longer than a process.
    private static final Duration LONGEST_CONNECTION = Duration.ofDays(3650);

    private final MachineAcceptor acceptor;
    private final ConnectionTimes times;
    private final Function<ChannelHandlerContext, Optional<ProvenPeer>> proven;
    private final Predicate<UUID> mayConnect;
    private @Nullable MachineRules rules;
    private @Nullable MachineSession session;
    private @Nullable ScheduledFuture<?> helloDeadline;
    private @Nullable ScheduledFuture<?> certificateEnd;
    private String why = "the machine or the network closed the connection";
    private boolean over;

    /// A peer that TLS has proven.
    SessionHandler(MachineAcceptor acceptor, ConnectionTimes times, Predicate<UUID> mayConnect) {
        this(acceptor, times, SessionHandler::certified, mayConnect);
    }

    /// @param proven says who the peer is, once HELLO has come
    /// @param mayConnect whether a machine may have one more connection
    SessionHandler(
            MachineAcceptor acceptor,
            ConnectionTimes times,
            Function<ChannelHandlerContext, Optional<ProvenPeer>> proven,
            Predicate<UUID> mayConnect) {
        this.acceptor = acceptor;
        this.times = times;
        this.proven = proven;
        this.mayConnect = mayConnect;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        // TLS and upgrade have their share; a client that says nothing must not hold a connection.
        helloDeadline = context.executor()
                .schedule(
                        () -> end(context, "no HELLO in time"), times.connect().toMillis() * 2, TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        if (over || !(received instanceof Message message)) {
            ReferenceCountUtil.release(received instanceof Message.Data data ? data.payload() : received);
            return;
        }
        try {
            read(context, message);
        } catch (ProtocolException e) {
            if (message instanceof Message.Data data) {
                data.payload().release();
            }
            violated(context, e);
        }
    }

    private void read(ChannelHandlerContext context, Message message) throws ProtocolException {
        MachineRules known = rules;
        MachineSession to = session;
        if (known == null || to == null) {
            begin(context, message);
            return;
        }
        known.check(message);
        switch (message) {
            case Message.Ping ping -> pong(context, ping);
            case Message.Pong _ -> {}
            default -> to.received(message);
        }
    }

    /// Answers cost the machine nothing, so one that asks and does not read must not fill our memory with them.
    private void pong(ChannelHandlerContext context, Message.Ping ping) {
        if (context.channel().isWritable()) {
            context.writeAndFlush(new Message.Pong(ping.token()), context.voidPromise());
        } else {
            end(context, "the machine does not read what it asked for");
        }
    }

    private void begin(ChannelHandlerContext context, Message message) throws ProtocolException {
        if (!(message instanceof Message.Hello hello)) {
            throw new ProtocolException("the first message is not HELLO");
        }
        ProvenPeer peer = proven.apply(context)
                .filter(proof -> proof.name().role() == PeerRole.MACHINE)
                .orElseThrow(() -> new ProtocolException("the certificate is not a machine's"));
        if (!peer.name().id().equals(hello.machine().uuid())) {
            throw new ProtocolException("HELLO names another machine than the certificate");
        }
        if (!mayConnect.test(peer.name().id())) {
            throw new ProtocolException("the machine has too many connections");
        }
        endWithCertificate(context, peer);
        if (helloDeadline != null) {
            helloDeadline.cancel(false);
        }
        MachineRules begun = new MachineRules(hello);
        rules = begun;
        session = acceptor.accept(new MachineChannel(context.channel(), peer, begun), hello);
    }

    /// A connection lives no longer than the certificate it was made with; the machine has a newer one by then. A
    /// resumed TLS session shows a certificate that was checked when the session began, so it is looked at again.
    private void endWithCertificate(ChannelHandlerContext context, ProvenPeer peer) throws ProtocolException {
        Instant now = Instant.now();
        if (now.isAfter(peer.until()) || now.isBefore(peer.from())) {
            throw new ProtocolException("the certificate is not good at this time");
        }
        Duration left = Duration.between(now, peer.until());
        if (left.compareTo(LONGEST_CONNECTION) < 0) {
            certificateEnd = context.executor()
                    .schedule(
                            () -> end(context, "the machine's certificate has ended"),
                            left.toMillis() + 1,
                            TimeUnit.MILLISECONDS);
        }
    }

    private static Optional<ProvenPeer> certified(ChannelHandlerContext context) {
        try {
            return ProvenPeer.of((X509Certificate) context.pipeline()
                    .get(SslHandler.class)
                    .engine()
                    .getSession()
                    .getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent idle)) {
            return;
        }
        if (idle.state() == IdleState.READER_IDLE) {
            end(context, "the machine has been silent for too long");
        } else if (session != null && !over && context.channel().isWritable()) {
            // What the machine asks waits behind its data, on a slow line for minutes: it must hear that we live.
            context.writeAndFlush(new Message.Ping(0), context.voidPromise());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof ProtocolException violation) {
            violated(context, violation);
        } else {
            end(context, String.valueOf(cause.getMessage()));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(context, why);
        context.fireChannelInactive();
    }

    private void violated(ChannelHandlerContext context, ProtocolException violation) {
        LOG.warn("{} broke the protocol: {}", context.channel().remoteAddress(), violation.getMessage());
        why = "it broke the protocol: " + violation.getMessage();
        if (context.pipeline().get(MessageEncoder.class) != null && !over) {
            context.writeAndFlush(new Message.Refused(violation.code(), String.valueOf(violation.getMessage())))
                    .addListener(ChannelFutureListener.CLOSE);
            finish();
        } else {
            end(context, why);
        }
    }

    private void end(ChannelHandlerContext context, String reason) {
        why = reason;
        context.close();
        finish();
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        if (helloDeadline != null) {
            helloDeadline.cancel(false);
        }
        if (certificateEnd != null) {
            certificateEnd.cancel(false);
        }
        if (session != null) {
            session.closed(why);
        } else {
            LOG.info("A connection ended before HELLO: {}", why);
        }
    }
}
