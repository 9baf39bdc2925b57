package dev.breakwater.vault.reading;

import dev.breakwater.framecodec.FrameException;
import dev.breakwater.model.DiskId;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.object.FrameAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Opened frames of data, a bounded number of bytes of them. Frames that lie near each other in an object are
/// read in one call to the store. Safe for several threads.
public final class FrameCache {

    /// Read in one call at most.
    private static final int MAX_CALL_BYTES = 4 << 20;

    /// Unneeded bytes between two frames that are read for the sake of one call less.
    private static final int MAX_GAP_BYTES = 128 << 10;

    private final FrameAccess access;
    private final long maxBytes;
    private final Map<FrameRef, byte[]> cache = new LinkedHashMap<>(64, 0.75f, true);
    private long cachedBytes;

    /// @param access reads and opens frames
    /// @param maxBytes memory for contents
    public FrameCache(FrameAccess access, long maxBytes) {
        this.access = access;
        this.maxBytes = maxBytes;
    }

    /// The contents of frames of a disk.
    ///
    /// @throws DamagedObjectException if one is not what it must be
    public Map<FrameRef, byte[]> load(DiskId disk, Collection<FrameRef> frames) throws IOException {
        Map<FrameRef, byte[]> loaded = new HashMap<>();
        List<FrameRef> missing = new ArrayList<>();
        synchronized (cache) {
            for (FrameRef frame : frames) {
                byte[] known = cache.get(frame);
                if (known != null) {
                    loaded.put(frame, known);
                } else {
                    missing.add(frame);
                }
            }
        }
        missing.sort(Comparator.comparing((FrameRef frame) -> frame.source().object(), ObjectOrder::compare)
                .thenComparingLong(FrameRef::offset));
        int from = 0;
        while (from < missing.size()) {
            int to = from + 1;
            while (to < missing.size() && fits(missing.get(from), missing.get(to - 1), missing.get(to))) {
                to++;
            }
            read(disk, missing.subList(from, to), loaded);
            from = to;
        }
        return loaded;
    }

    private static boolean fits(FrameRef first, FrameRef last, FrameRef next) {
        return first.source().object().equals(next.source().object())
                && next.offset() - (last.offset() + last.frameLength()) <= MAX_GAP_BYTES
                && next.offset() + next.frameLength() - first.offset() <= MAX_CALL_BYTES;
    }

    private void read(DiskId disk, List<FrameRef> frames, Map<FrameRef, byte[]> loaded) throws IOException {
        FrameRef first = frames.getFirst();
        FrameRef last = frames.getLast();
        String name = first.source().object().name(access.machine());
        ByteBuffer sealed = ByteBuffer.allocate((int) (last.offset() + last.frameLength() - first.offset()));
        try {
            access.store().read(name, first.offset(), sealed);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.CUT) {
                throw new DamagedObjectException(name, "The object " + name + " is cut.", e);
            }
            throw e;
        }
        for (FrameRef frame : frames) {
            byte[] raw = new byte[frame.rawLength()];
            try {
                ByteBuffer one = sealed.slice((int) (frame.offset() - first.offset()), frame.frameLength());
                access.openData(disk, frame.identity(), one, ByteBuffer.wrap(raw));
            } catch (FrameException e) {
                throw new DamagedObjectException(
                        name,
                        "The object " + name + " is damaged at byte " + frame.offset() + ", where data of disk " + disk
                                + " should be: " + e.getMessage(),
                        e);
            }
            loaded.put(frame, raw);
            remember(frame, raw);
        }
    }

    private void remember(FrameRef frame, byte[] raw) {
        synchronized (cache) {
            if (cache.put(frame, raw) == null) {
                cachedBytes += raw.length;
            }
            Iterator<byte[]> eldest = cache.values().iterator();
            while (cachedBytes > maxBytes && eldest.hasNext()) {
                cachedBytes -= eldest.next().length;
                eldest.remove();
            }
        }
    }
}
