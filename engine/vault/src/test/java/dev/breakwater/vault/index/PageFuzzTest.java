package dev.breakwater.vault.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.framecodec.AttemptSalt;
import dev.breakwater.model.DiskId;
import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile page of an index")
class PageFuzzTest {

    private static final FrameSource SOURCE = new FrameSource(ObjectRef.segment(new UUID(3, 4)), new AttemptSalt(1, 2));

    /// The pages of a run over so many extents; above 1,024 there is one of fences.
    private static List<byte[]> pages(int extents) throws IOException, InterruptedException {
        List<byte[]> pages = new ArrayList<>();
        RunBuilder builder = new RunBuilder(new DiskId(new UUID(1, 1)), 1, 3, raw -> {
            byte[] content = new byte[raw.remaining()];
            raw.get(content);
            pages.add(content);
            return new FrameRef(SOURCE, pages.size(), pages.size() * 1000L, content.length + 56, content.length);
        });
        for (int i = 0; i < extents; i++) {
            builder.group(i * 70L);
            if (i % 3 == 2) {
                builder.zeros(60, 3, true);
            } else {
                builder.data(2, 2, true, new FrameRef(SOURCE, i, i * 9000L, 8248, 8192), 0, new byte[32], 0);
            }
        }
        builder.finish();
        return pages;
    }

    @Test
    @DisplayName("of extents is refused, or has only extents that are possible")
    void extents() throws Exception {
        byte[][] good =
                pages(40).stream().filter(page -> page[0] == ExtentPage.TYPE).toArray(byte[][]::new);
        Fuzz.of("page-of-extents")
                .good(good)
                .refusesWith(IndexFormatException.class)
                .usually(10_000)
                .run(input -> {
                    ExtentPage page = ExtentPage.decode(ByteBuffer.wrap(input));
                    for (int i = 0; i < page.count(); i++) {
                        assertThat(page.start(i)).isBetween(0L, ExtentPage.MAX_BLOCKS);
                        assertThat(page.end(i)).isBetween(page.start(i) + 1, ExtentPage.MAX_BLOCKS);
                        assertThat(page.slot(i)).isNotNegative();
                        if (!page.isZero(i)) {
                            page.frameRef(i).identity();
                            assertThat((page.blockInFrame(i) + page.length(i)) * 4096)
                                    .isLessThanOrEqualTo(page.frameRaw(i));
                        }
                    }
                    page.firstEndingAfter(100);
                });
    }

    @Test
    @DisplayName("of fences is refused, or has children in ascending order")
    void fences() throws Exception {
        byte[] fences = pages(5000).stream()
                .filter(page -> page[0] == FencePage.TYPE)
                .findFirst()
                .orElseThrow();
        Fuzz.of("page-of-fences")
                .good(fences)
                .refusesWith(IndexFormatException.class)
                .usually(10_000)
                .run(input -> {
                    FencePage page = FencePage.decode(ByteBuffer.wrap(input));
                    for (int i = 0; i < page.count(); i++) {
                        page.child(i).identity();
                    }
                    assertThat(page.firstEndingAfter(Long.MAX_VALUE - 1)).isEqualTo(page.count());
                });
    }
}
