package dev.breakwater.vault.maintenance;

import dev.breakwater.framecodec.FrameException;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskId;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.FrameRelocation;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.log.FrameOutput;
import dev.breakwater.vault.object.FrameAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies frames, sealed as they are, out of objects that are to go. Each is opened first: what does not open stays
/// where it is, and its object with it. So compaction never makes damage worse, least of all damage that only happened
/// on the way here, and that would be for ever if the copy replaced the sound original.
final class Relocation implements FrameRelocation {

    private static final Logger LOG = LoggerFactory.getLogger(Relocation.class);

    /// Objects up to this size are read whole: their frames are wanted in the order of the disk, not of the object.
    private static final long WHOLE_OBJECT_BYTES = 2 << 20;

    /// Whole objects that are remembered: 32 MiB.
    private static final int REMEMBERED_OBJECTS = 16;

    private final FrameAccess access;
    private final FrameOutput output;
    private final Map<ObjectRef, Long> sizes;
    private final Set<ObjectRef> kept = new HashSet<>();
    private final Map<FrameRef, FrameRef> moved = new HashMap<>();
    private final Map<ObjectRef, ByteBuffer> whole = new LinkedHashMap<>(32, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectRef, ByteBuffer> eldest) {
            return size() > REMEMBERED_OBJECTS;
        }
    };
    private final ByteBuffer opened = ByteBuffer.allocate(Blocks.MAX_PIECE_BYTES);
    private long copiedBytes;

    /// @param victims objects to empty, and their sizes
    Relocation(FrameAccess access, FrameOutput output, Map<ObjectRef, Long> victims) {
        this.access = access;
        this.output = output;
        this.sizes = Map.copyOf(victims);
    }

    @Override
    public FrameRef place(DiskId disk, FrameRef frame) throws IOException, InterruptedException {
        ObjectRef object = frame.source().object();
        if (!sizes.containsKey(object)) {
            return frame;
        }
        FrameRef known = moved.get(frame);
        if (known != null) {
            return known;
        }
        FrameRef place = frame;
        try {
            ByteBuffer sealed = read(frame, object);
            access.openData(
                    disk, frame.identity(), sealed.duplicate(), opened.clear().limit(frame.rawLength()));
            place = output.copy(frame, sealed);
            copiedBytes += frame.frameLength();
        } catch (FrameException e) {
            keep(object, e.toString());
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.CUT && e.kind() != StoreException.Kind.NOT_FOUND) {
                throw e;
            }
            keep(object, e.toString());
        }
        moved.put(frame, place);
        return place;
    }

    private void keep(ObjectRef object, String why) {
        if (kept.add(object)) {
            LOG.warn("The object {} is damaged and left as it is: {}", object.name(access.machine()), why);
        }
    }

    private ByteBuffer read(FrameRef frame, ObjectRef object) throws IOException {
        String name = object.name(access.machine());
        if (sizes.getOrDefault(object, Long.MAX_VALUE) > WHOLE_OBJECT_BYTES) {
            ByteBuffer sealed = ByteBuffer.allocate(frame.frameLength());
            access.store().read(name, frame.offset(), sealed);
            return sealed.flip();
        }
        ByteBuffer all = whole.get(object);
        if (all == null) {
            all = access.store().get(name);
            whole.put(object, all);
        }
        if (frame.offset() + frame.frameLength() > all.limit()) {
            throw new StoreException(StoreException.Kind.CUT, "The object \"" + name + "\" is cut.");
        }
        return all.slice((int) frame.offset(), frame.frameLength());
    }

    /// Bytes copied.
    long copiedBytes() {
        return copiedBytes;
    }

    /// Victims in which something could not be read; they must stay.
    Set<ObjectRef> kept() {
        return kept;
    }
}
