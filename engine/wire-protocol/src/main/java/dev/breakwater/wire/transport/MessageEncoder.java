package dev.breakwater.wire.transport;

import dev.breakwater.wire.Message;
import dev.breakwater.wire.MessageCodec;
import dev.breakwater.wire.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/// Turns messages into bytes. The payload of DATA is written as it is, behind its header, without a copy.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
final class MessageEncoder extends ChannelOutboundHandlerAdapter {

    private static final int TYPICAL_CONTROL_BYTES = 256;

    @Override
    public void write(ChannelHandlerContext context, Object outgoing, ChannelPromise promise) {
        if (!(outgoing instanceof Message message)) {
            context.write(outgoing, promise);
            return;
        }
        if (message instanceof Message.Data data) {
            ByteBuf head = context.alloc().directBuffer(Protocol.HEADER_BYTES + Protocol.DATA_PREFIX_BYTES);
            MessageCodec.write(message, head);
            context.write(head);
            context.write(data.payload(), promise);
        } else {
            ByteBuf bytes = context.alloc().directBuffer(TYPICAL_CONTROL_BYTES);
            MessageCodec.write(message, bytes);
            context.write(bytes, promise);
        }
    }
}
