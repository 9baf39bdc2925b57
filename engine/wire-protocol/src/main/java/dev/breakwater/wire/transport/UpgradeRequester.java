package dev.breakwater.wire.transport;

import dev.breakwater.wire.Protocol;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The machine's side of the upgrade: asks once TLS stands, and makes way for messages once the answer is 101.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
final class UpgradeRequester extends ChannelInboundHandlerAdapter {

    /// Tells the handlers behind that messages may flow.
    enum Event {
        UPGRADED
    }

    private final Destination destination;
    private final ConnectionTimes times;
    private boolean switching;
    private @Nullable ScheduledFuture<?> deadline;

    UpgradeRequester(Destination destination, ConnectionTimes times) {
        this.destination = destination;
        this.times = times;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, Protocol.PATH);
            request.headers()
                    .set(HttpHeaderNames.HOST, destination.toString())
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                    .set(HttpHeaderNames.UPGRADE, Protocol.UPGRADE);
            context.writeAndFlush(request);
            deadline = context.executor()
                    .schedule(
                            () -> fail(context, "it did not answer the upgrade in time"),
                            times.connect().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        if (!(received instanceof HttpObject)) {
            context.fireChannelRead(received);
            return;
        }
        ReferenceCountUtil.release(received);
        if (received instanceof HttpResponse response) {
            if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                fail(context, "it answered the upgrade with " + response.status());
                return;
            }
            switching = true;
        }
        if (switching && received instanceof LastHttpContent) {
            stopDeadline();
            ChannelPipeline pipeline = context.pipeline();
            pipeline.addAfter("upgrade", "encoder", new MessageEncoder());
            pipeline.addAfter("upgrade", "decoder", new MessageDecoder());
            pipeline.remove("http");
            context.fireUserEventTriggered(Event.UPGRADED);
            pipeline.remove(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopDeadline();
        context.fireChannelInactive();
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void fail(ChannelHandlerContext context, String why) {
        stopDeadline();
        context.fireExceptionCaught(
                new IOException("No replication with " + destination + ": " + why + ". It may be no process server."));
        context.close();
    }
}
