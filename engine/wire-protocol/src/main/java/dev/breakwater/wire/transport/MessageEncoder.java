package dev.breakwater.wire.transport;

import dev.breakwater.wire.Message;
import dev.breakwater.wire.MessageCodec;
import dev.breakwater.wire.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/// Turns messages into bytes. The payload of DATA is not copied: its buffer has room for the header in front,
/// so that both go through TLS as one.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
final class MessageEncoder extends ChannelOutboundHandlerAdapter {

    private static final int TYPICAL_CONTROL_BYTES = 256;

    private static final int DATA_HEAD_BYTES = Protocol.HEADER_BYTES + Protocol.DATA_PREFIX_BYTES;

    /// An empty buffer for a payload, with room for the header in front.
    static ByteBuf payloadBuffer(ByteBufAllocator allocator, int length) {
        int capacity = DATA_HEAD_BYTES + length;
        return allocator.directBuffer(capacity, capacity).setIndex(DATA_HEAD_BYTES, DATA_HEAD_BYTES);
    }

    @Override
    public void write(ChannelHandlerContext context, Object outgoing, ChannelPromise promise) {
        if (!(outgoing instanceof Message message)) {
            context.write(outgoing, promise);
            return;
        }
        if (message instanceof Message.Data data) {
            context.write(withHead(data, context.alloc()), promise);
        } else {
            ByteBuf bytes = context.alloc().directBuffer(TYPICAL_CONTROL_BYTES);
            MessageCodec.write(message, bytes);
            context.write(bytes, promise);
        }
    }

    private static ByteBuf withHead(Message.Data data, ByteBufAllocator allocator) {
        ByteBuf payload = data.payload();
        if (payload.readerIndex() < DATA_HEAD_BYTES) {
            ByteBuf whole = payloadBuffer(allocator, payload.readableBytes());
            whole.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
            payload.release();
            return withHead(
                    new Message.Data(data.sequence(), data.diskIndex(), data.offset(), data.rawLength(), whole),
                    allocator);
        }
        int start = payload.readerIndex() - DATA_HEAD_BYTES;
        MessageCodec.write(data, payload.duplicate().setIndex(start, start));
        return payload.readerIndex(start);
    }
}
