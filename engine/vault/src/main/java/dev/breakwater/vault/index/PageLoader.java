package dev.breakwater.vault.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where pages come from: the vault, through a cache of bounded size. Safe for several threads.
public final class PageLoader {

    private final FrameLoader frames;
    private final long maxBytes;
    private final Map<FrameRef, Cached> cache = new LinkedHashMap<>(256, 0.75f, true);
    private long cachedBytes;

    /// Reads and opens a frame of metadata.
    @FunctionalInterface
    public interface FrameLoader {

        /// The frame's content.
        ByteBuffer load(FrameRef frame) throws IOException;
    }

    /// Decodes a page.
    private interface Decoder<T> {
        T decode(ByteBuffer raw) throws IOException;
    }

    private record Cached(Object page, int weight) {}

    /// @param frames where frames come from
    /// @param maxBytes memory for pages
    public PageLoader(FrameLoader frames, long maxBytes) {
        this.frames = frames;
        this.maxBytes = maxBytes;
    }

    /// A page of extents.
    public ExtentPage extents(FrameRef page) throws IOException {
        return load(page, ExtentPage.class, ExtentPage::decode);
    }

    /// A page of fences.
    FencePage fences(FrameRef page) throws IOException {
        return load(page, FencePage.class, FencePage::decode);
    }

    /// The digests that belong to a page of extents, 16 bytes for each block of data. Not to be changed.
    public byte[] digests(FrameRef page) throws IOException {
        return load(page, byte[].class, raw -> {
            byte[] digests = new byte[raw.remaining()];
            raw.get(digests);
            return digests;
        });
    }

    private <T> T load(FrameRef frame, Class<T> type, Decoder<T> decoder) throws IOException {
        synchronized (cache) {
            Cached known = cache.get(frame);
            if (known != null) {
                return type.cast(known.page());
            }
        }
        T page = decoder.decode(frames.load(frame));
        int weight = switch (page) {
            case ExtentPage extents -> extents.weight();
            case FencePage fences -> fences.weight();
            default -> 200 + frame.rawLength();
        };
        synchronized (cache) {
            if (cache.put(frame, new Cached(page, weight)) == null) {
                cachedBytes += weight;
            }
            Iterator<Cached> eldest = cache.values().iterator();
            while (cachedBytes > maxBytes && eldest.hasNext()) {
                cachedBytes -= eldest.next().weight();
                eldest.remove();
            }
        }
        return page;
    }
}
