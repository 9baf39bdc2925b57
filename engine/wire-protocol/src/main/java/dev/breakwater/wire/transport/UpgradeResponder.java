package dev.breakwater.wire.transport;

import dev.breakwater.wire.Protocol;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/// The process server's side of the upgrade: answers the one request that is right with 101 and makes way for messages;
/// everything else ends the connection.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
final class UpgradeResponder extends ChannelInboundHandlerAdapter {

    private boolean granted;
    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        if (!(received instanceof HttpObject object)) {
            context.fireChannelRead(received);
            return;
        }
        try {
            read(context, object);
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    private void read(ChannelHandlerContext context, HttpObject received) {
        if (refused) {
            return;
        }
        if (received.decoderResult().isFailure()) {
            refuse(context, HttpResponseStatus.BAD_REQUEST);
            return;
        }
        if (received instanceof HttpRequest request) {
            HttpResponseStatus problem = judge(request);
            if (!problem.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                refuse(context, problem);
                return;
            }
            granted = true;
        }
        if (granted && received instanceof LastHttpContent) {
            switchOver(context);
        }
    }

    private static HttpResponseStatus judge(HttpRequest request) {
        if (!request.method().equals(HttpMethod.GET) || HttpUtil.isTransferEncodingChunked(request)) {
            return HttpResponseStatus.METHOD_NOT_ALLOWED;
        }
        if (HttpUtil.getContentLength(request, 0L) != 0) {
            return HttpResponseStatus.BAD_REQUEST;
        }
        if (!request.uri().equals(Protocol.PATH)) {
            return HttpResponseStatus.NOT_FOUND;
        }
        boolean asked = request.headers().containsValue(HttpHeaderNames.UPGRADE, Protocol.UPGRADE, true)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
        return asked ? HttpResponseStatus.SWITCHING_PROTOCOLS : HttpResponseStatus.UPGRADE_REQUIRED;
    }

    private void switchOver(ChannelHandlerContext context) {
        FullHttpResponse response = response(HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.UPGRADE, Protocol.UPGRADE);
        context.writeAndFlush(response);
        ChannelPipeline pipeline = context.pipeline();
        pipeline.addAfter("upgrade", "encoder", new MessageEncoder());
        pipeline.addAfter("upgrade", "decoder", new MessageDecoder());
        pipeline.remove("http");
        pipeline.remove(this);
    }

    private void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
        refused = true;
        FullHttpResponse response = response(status);
        HttpUtil.setContentLength(response, 0);
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers().set(HttpHeaderNames.UPGRADE, Protocol.UPGRADE);
        }
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse response(HttpResponseStatus status) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    }
}
