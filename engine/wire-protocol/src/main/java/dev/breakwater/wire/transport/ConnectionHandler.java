package dev.breakwater.wire.transport;

import dev.breakwater.wire.Message;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import javax.net.ssl.SSLException;

/// The last handler of the machine's side: brings Netty's events to the connection.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
final class ConnectionHandler extends SimpleChannelInboundHandler<Message> {

    private final ReplicationConnection connection;
    private final Message.Hello hello;

    ConnectionHandler(ReplicationConnection connection, Message.Hello hello) {
        this.connection = connection;
        this.hello = hello;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Message message) throws Exception {
        // Nobody pings so much that an answer would have to wait; one that is left out only makes its asker impatient.
        if (message instanceof Message.Ping ping && context.channel().isWritable()) {
            context.writeAndFlush(new Message.Pong(ping.token()));
        }
        connection.received(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == UpgradeRequester.Event.UPGRADED) {
            context.writeAndFlush(hello);
        } else if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.READER_IDLE) {
                connection.ended(new IOException("The process server has been silent for too long."));
                context.close();
            } else if (context.pipeline().get(MessageEncoder.class) != null) {
                context.writeAndFlush(new Message.Ping(0));
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        connection.signal();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.ended(new IOException("The process server closed the connection or the network failed."));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable real = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        connection.ended(
                switch (real) {
                    case SSLException tls ->
                        new IOException(
                                "TLS with the process server failed: " + tls.getMessage()
                                        + ". Either side may not trust the other's certificate.",
                                tls);
                    case IOException io -> io;
                    default -> new IOException("The connection to the process server failed: " + real, real);
                });
        context.close();
    }
}
