package dev.breakwater.diskexport;

import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.GatheringByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile NBD client")
class NbdFuzzTest {

    private static final byte[] NAME = "disk".getBytes(StandardCharsets.US_ASCII);

    /// Takes any answer.
    private static final class Nowhere implements GatheringByteChannel {

        @Override
        public long write(ByteBuffer[] parts) {
            long bytes = 0;
            for (ByteBuffer part : parts) {
                bytes += write(part);
            }
            return bytes;
        }

        @Override
        public long write(ByteBuffer[] parts, int from, int count) {
            throw new IllegalStateException("not used");
        }

        @Override
        public int write(ByteBuffer part) {
            int bytes = part.remaining();
            part.position(part.limit());
            return bytes;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static void option(ByteBuffer to, int option, byte[] data) {
        to.putLong(Nbd.OPTION_MAGIC).putInt(option).putInt(data.length).put(data);
    }

    private static byte[] named(int rest) {
        return ByteBuffer.allocate(4 + NAME.length + rest)
                .putInt(NAME.length)
                .put(NAME)
                .array();
    }

    private static void request(ByteBuffer to, int type, long offset, int length) {
        to.putInt(Nbd.REQUEST_MAGIC).putShort((short) 0).putShort((short) type).putLong(7);
        to.putLong(offset).putInt(length);
    }

    private static byte[] talk(boolean structured) {
        byte[] context = Nbd.BASE_ALLOCATION.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer talk = ByteBuffer.allocate(4096).putInt(Nbd.HANDSHAKE_FIXED_NEWSTYLE);
        option(talk, Nbd.OPT_LIST, new byte[0]);
        if (structured) {
            option(talk, Nbd.OPT_STRUCTURED_REPLY, new byte[0]);
            ByteBuffer contexts = ByteBuffer.allocate(16 + NAME.length + context.length);
            contexts.put(named(0)).putInt(1).putInt(context.length).put(context);
            option(talk, Nbd.OPT_SET_META_CONTEXT, java.util.Arrays.copyOf(contexts.array(), contexts.position()));
            option(talk, Nbd.OPT_INFO, named(2));
            option(talk, Nbd.OPT_GO, named(2));
        } else {
            option(talk, Nbd.OPT_EXPORT_NAME, NAME);
        }
        request(talk, Nbd.CMD_READ, 4096, 8192);
        request(talk, Nbd.CMD_BLOCK_STATUS, 0, 65_536);
        request(talk, Nbd.CMD_FLUSH, 0, 0);
        request(talk, Nbd.CMD_WRITE, 0, 16);
        talk.put(new byte[16]);
        request(talk, Nbd.CMD_TRIM, 0, 4096);
        request(talk, Nbd.CMD_DISCONNECT, 0, 0);
        return java.util.Arrays.copyOf(talk.array(), talk.position());
    }

    @Test
    @DisplayName("is answered or hung up on")
    void talks() throws IOException {
        var export = new NbdExport("disk", MemoryDisk.usual(8 << 20));
        Fuzz.of("nbd")
                .good(talk(false), talk(true))
                .words(
                        ByteBuffer.allocate(8).putLong(Nbd.OPTION_MAGIC).array(),
                        ByteBuffer.allocate(4).putInt(Nbd.REQUEST_MAGIC).array())
                .refusesWith(IOException.class)
                .usually(3000)
                .run(input -> {
                    var from = new NbdInput(Channels.newChannel(new ByteArrayInputStream(input)));
                    var to = new Nowhere();
                    var agreed = new NbdNegotiation(from, to, Map.of("disk", export)).run();
                    if (agreed.isPresent()) {
                        var pending = new Semaphore(NbdServer.MAX_PENDING_BYTES);
                        new NbdTransmission(from, to, agreed.get(), pending).run();
                    }
                });
    }
}
