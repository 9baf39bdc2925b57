package dev.breakwater.mobility.capture.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A damaged trace buffer")
class TraceFuzzTest {

    private static final int PAGE_BYTES = 4096;

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

    private static byte[] page() {
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.nativeOrder());
        page.position(16);
        for (int i = 0; i < 20; i++) {
            page.putInt(11 | 77 << 5);
            int at = page.position();
            page.putShort(at, (short) 2107)
                    .putInt(at + 8, 7 << 20)
                    .putLong(at + 16, i * 8L)
                    .putInt(at + 24, 8);
            page.put(at + 34, (i % 2 == 0 ? "WS" : "D").getBytes(StandardCharsets.US_ASCII));
            page.position(at + 44);
            page.putInt(30 | 5 << 5).putInt(9);
        }
        page.putInt(0).putInt(24).putShort(page.position(), (short) 5).position(page.position() + 20);
        page.putInt(29 | 1 << 5).putInt(12).putLong(0);
        page.putLong(8, page.position() - 16);
        return page.array();
    }

    @Test
    @DisplayName("never names more events than fit into a page")
    void pages() throws IOException {
        var reader = new TracePage(List.of(EventFormat.parse(FORMAT, true)));
        Fuzz.of("trace-page").good(page()).upTo(PAGE_BYTES).usually(20_000).run(input -> {
            int[] events = new int[3];
            reader.read(MemorySegment.ofArray(input), new TraceEvents() {
                @Override
                public void changed(int dev, long sector, int sectors, boolean discard, boolean done) {
                    events[0]++;
                }

                @Override
                public void marker(String text) {
                    events[1]++;
                }

                @Override
                public void lost(String why) {
                    events[2]++;
                }
            });
            assertThat(events[0] + events[1]).isLessThanOrEqualTo(PAGE_BYTES / 8);
            assertThat(events[2]).isLessThanOrEqualTo(PAGE_BYTES / 8);
        });
    }

    @Test
    @DisplayName("is described in a way that is refused, or with all fields inside a page")
    void formats() throws IOException {
        byte[] page = page();
        Fuzz.of("trace-format")
                .good(FORMAT)
                .words("offset:2147483647;", "size:8;", "field:", "ID: ", "99999999999")
                .refusesWith(IllegalArgumentException.class)
                .usually(5000)
                .run(input -> {
                    EventFormat format = EventFormat.parse(new String(input, StandardCharsets.ISO_8859_1), true);
                    assertThat(format.minBytes()).isPositive();
                    new TracePage(List.of(format)).read(MemorySegment.ofArray(page), new TraceEvents() {
                        @Override
                        public void changed(int dev, long sector, int sectors, boolean discard, boolean done) {}

                        @Override
                        public void marker(String text) {}

                        @Override
                        public void lost(String why) {}
                    });
                });
    }
}
