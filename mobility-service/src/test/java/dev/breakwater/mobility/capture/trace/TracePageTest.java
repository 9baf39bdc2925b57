package dev.breakwater.mobility.capture.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A page of the trace buffer")
class TracePageTest {

    private static final String FORMAT = """
            name: block_rq_complete
            ID: 2107
            format:
            \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
            \tfield:dev_t dev;\toffset:8;\tsize:4;\tsigned:0;
            \tfield:sector_t sector;\toffset:16;\tsize:8;\tsigned:0;
            \tfield:unsigned int nr_sector;\toffset:24;\tsize:4;\tsigned:0;
            \tfield:char rwbs[10];\toffset:34;\tsize:10;\tsigned:0;
            """;

    private final EventFormat format = EventFormat.parse(FORMAT, true);
    private final Seen seen = new Seen();

    private static final class Seen implements TraceEvents {
        final List<String> all = new ArrayList<>();

        @Override
        public void changed(int dev, long sector, int sectors, boolean discard, boolean done) {
            all.add(dev + ":" + sector + "+" + sectors + (discard ? " discard" : "") + (done ? "" : " begun"));
        }

        @Override
        public void marker(String text) {
            all.add("marker " + text.strip());
        }

        @Override
        public void lost(String why) {
            all.add("lost: " + why);
        }
    }

    private static byte[] page(long flags, Consumer<ByteBuffer> entries) {
        ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
        page.position(16);
        entries.accept(page);
        page.putLong(8, (page.position() - 16) | flags);
        return page.array();
    }

    private static void event(ByteBuffer page, int dev, long sector, int sectors, String kind) {
        page.putInt(11 | 77 << 5);
        int at = page.position();
        page.putShort(at, (short) 2107)
                .putInt(at + 8, dev)
                .putLong(at + 16, sector)
                .putInt(at + 24, sectors);
        page.put(at + 34, kind.getBytes(StandardCharsets.US_ASCII));
        page.position(at + 44);
    }

    private static void marker(ByteBuffer page, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int payload = (16 + bytes.length + 1 + 3) / 4 * 4;
        page.putInt(0).putInt(payload + 4);
        int at = page.position();
        page.putShort(at, (short) 5).put(at + 16, bytes);
        page.position(at + payload);
    }

    private List<String> read(byte[] page) {
        seen.all.clear();
        new TracePage(List.of(format)).read(MemorySegment.ofArray(page), seen);
        return seen.all;
    }

    @Test
    @DisplayName("tells writes, discards and markers in their order, past time stamps and padding")
    void tellsEvents() {
        byte[] page = page(0, p -> {
            event(p, 7340032, 2048, 8, "WS");
            p.putInt(30 | 5 << 5).putInt(9);
            event(p, 7340033, 1L << 40, 0xffff_fff8, "DS");
            p.putInt(29 | 1 << 5).putInt(12).putLong(0);
            p.putInt(31).putInt(0);
            marker(p, "B1-0\n");
            p.putInt(29);
        });
        assertThat(read(page)).containsExactly("7340032:2048+8", "7340033:1099511627776+-8 discard", "marker B1-0");
    }

    @Test
    @DisplayName("of zeros says nothing")
    void emptyPage() {
        assertThat(read(new byte[4096])).isEmpty();
    }

    @Test
    @DisplayName("that names lost events is a loss, and still tells what it holds")
    void flagOfLoss() {
        assertThat(read(page(1L << 31, p -> event(p, 1, 2, 3, "W"))))
                .containsExactly("lost: the trace buffer overflowed", "1:2+3");
    }

    @Test
    @DisplayName("that is damaged is a loss: an impossible length, a cut entry, a short event, a cut page")
    void damagedPages() {
        byte[] tooLong = page(0, p -> event(p, 1, 2, 3, "W"));
        ByteBuffer.wrap(tooLong).order(ByteOrder.nativeOrder()).putLong(8, 4096);
        assertThat(read(tooLong)).containsExactly("lost: a page of the trace buffer names an impossible length");

        byte[] cut = page(0, p -> event(p, 1, 2, 3, "W"));
        ByteBuffer.wrap(cut).order(ByteOrder.nativeOrder()).putLong(8, 20);
        assertThat(read(cut)).containsExactly("lost: an entry of the trace buffer is cut");

        assertThat(read(page(0, p -> p.putInt(1).putShort((short) 2107).putShort((short) 0))))
                .containsExactly("lost: an event of the trace buffer is cut");
        assertThat(read(page(0, p -> p.putInt(0).putInt(3))))
                .containsExactly("lost: an entry of the trace buffer names an impossible length");
        assertThat(read(new byte[8])).containsExactly("lost: a page of the trace buffer is cut");
    }

    @Test
    @DisplayName("never throws, however it is damaged (20,000 mutations from a fixed seed)")
    void neverThrows() {
        Random random = new Random(20261122);
        byte[] good = page(0, p -> {
            for (int i = 0; i < 40; i++) {
                event(p, i, i, 8, "WS");
                marker(p, "marker " + i);
            }
        });
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good.clone();
            for (int n = random.nextInt(8); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThatCode(() -> read(damaged)).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("is understood by the kernel's own description of the event; one without a known field is refused")
    void formats() {
        assertThat(format).isEqualTo(new EventFormat(2107, 8, 16, 24, 34, 10, true));
        assertThatThrownBy(() -> EventFormat.parse(FORMAT.replace("nr_sector", "sectors"), true))
                .hasMessageContaining("nr_sector");
        assertThatThrownBy(() -> EventFormat.parse(FORMAT.replace("offset:16;\tsize:8", "offset:16;\tsize:4"), true))
                .hasMessageContaining("sector");
    }
}
