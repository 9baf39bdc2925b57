package dev.breakwater.wire.transport;

import dev.breakwater.wire.Message;
import dev.breakwater.wire.MessageCodec;
import dev.breakwater.wire.MessageType;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/// Turns the decrypted stream into messages.
///
/// Design note: not Netty's `ByteToMessageDecoder`, whose growing buffer would copy a payload of 256 KiB several times
/// while its sixteen TLS records come in. Here the payload's pooled direct buffer is made once its length is known
/// and checked, each record is copied into it once, and then it is handed on as it is.
final class MessageDecoder extends ChannelInboundHandlerAdapter {

    private final ByteBuf head = Unpooled.buffer(Protocol.HEADER_BYTES + Protocol.DATA_PREFIX_BYTES);

    private int headWanted = Protocol.HEADER_BYTES;
    private @Nullable MessageType type;
    private int bodyWanted;
    private @Nullable ByteBuf body;
    private boolean broken;

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) throws Exception {
        ByteBuf chunk = (ByteBuf) received;
        try {
            while (chunk.isReadable() && !broken) {
                take(context, chunk);
            }
        } catch (ProtocolException e) {
            broken = true;
            context.fireExceptionCaught(e);
        } finally {
            chunk.release();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        dropBody();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        dropBody();
        context.fireChannelInactive();
    }

    private void dropBody() {
        if (body != null) {
            body.release();
            body = null;
        }
        broken = true;
    }

    private void take(ChannelHandlerContext context, ByteBuf chunk) throws ProtocolException {
        if (body == null) {
            chunk.readBytes(head, Math.min(headWanted - head.writerIndex(), chunk.readableBytes()));
            if (head.writerIndex() < headWanted) {
                return;
            }
            if (type == null) {
                readHeader();
                if (head.writerIndex() < headWanted) {
                    return;
                }
            }
            body = context.alloc().directBuffer(Math.max(bodyWanted, 1), Math.max(bodyWanted, 1));
        }
        ByteBuf target = body;
        chunk.readBytes(target, Math.min(bodyWanted - target.readableBytes(), chunk.readableBytes()));
        if (target.readableBytes() == bodyWanted) {
            deliver(context, target);
        }
    }

    private void readHeader() throws ProtocolException {
        long length = head.readUnsignedInt();
        MessageType found = MessageType.ofNumber(head.readUnsignedByte());
        if (length > found.maxBodyBytes()) {
            throw new ProtocolException(found + " of " + length + " bytes, at most " + found.maxBodyBytes());
        }
        type = found;
        bodyWanted = (int) length;
        if (found == MessageType.DATA) {
            if (length <= Protocol.DATA_PREFIX_BYTES) {
                throw new ProtocolException("DATA without a payload");
            }
            bodyWanted -= Protocol.DATA_PREFIX_BYTES;
            headWanted = Protocol.HEADER_BYTES + Protocol.DATA_PREFIX_BYTES;
        }
    }

    private void deliver(ChannelHandlerContext context, ByteBuf complete) throws ProtocolException {
        MessageType of = type;
        if (of == null) {
            throw new IllegalStateException("a body before its header");
        }
        Message message;
        if (of == MessageType.DATA) {
            message = MessageCodec.data(head, complete);
            body = null;
        } else {
            message = MessageCodec.read(of, complete);
            complete.release();
            body = null;
        }
        head.clear();
        headWanted = Protocol.HEADER_BYTES;
        type = null;
        context.fireChannelRead(message);
    }
}
