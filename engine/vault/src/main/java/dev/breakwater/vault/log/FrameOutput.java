package dev.breakwater.vault.log;

import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.SealedFrame;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.index.FrameRef;
import dev.breakwater.vault.index.FrameSource;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.object.DocumentLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Collects sealed frames and cuts them into segments; or, for a small amount of them, keeps them for the inside of a
/// slot's or a checkpoint's object. For one thread, but for [#add].
public final class FrameOutput {

    private final MachineId machine;
    private final Entropy entropy;
    private final SegmentSink sink;
    private final int segmentBytes;
    private final List<ObjectRef> objects = new ArrayList<>();
    private final List<CompletableFuture<?>> uploads = new ArrayList<>();
    private final List<Chunk> chunks = new ArrayList<>();
    private @Nullable ObjectRef inline;
    private int size;
    private long totalBytes;
    private int lastOffset;

    /// @param machine whose frames these are
    /// @param entropy names segments
    /// @param sink takes segments
    /// @param segmentBytes size at which a segment is cut
    public FrameOutput(MachineId machine, Entropy entropy, SegmentSink sink, int segmentBytes) {
        this.machine = machine;
        this.entropy = entropy;
        this.sink = sink;
        this.segmentBytes = segmentBytes;
        objects.add(ObjectRef.segment(entropy.uuid()));
    }

    /// Puts a chunk behind the others. May be called from several threads.
    ///
    /// @throws IOException if a segment could not be handed over
    synchronized void add(Chunk chunk) throws IOException, InterruptedException {
        int length = chunk.bytes().position();
        if (inline == null && size > 0 && size + length > segmentBytes) {
            cut();
        }
        chunk.placed(lastObject(), size);
        chunks.add(chunk);
        placed(length);
    }

    /// Seals a frame and says where it lies. Only once it is clear whether frames stay inline.
    public FrameRef append(FrameSealer sealer, ByteBuffer raw) throws IOException, InterruptedException {
        ByteBuffer chunk = room(sealer.maxFrameLength(raw.remaining()));
        SealedFrame frame = sealer.seal(raw, chunk);
        placed(frame.frameLength());
        FrameSource source = new FrameSource(object(), sealer.attempt().salt());
        return new FrameRef(source, frame.counter(), offset(lastOffset), frame.frameLength(), frame.rawLength());
    }

    /// Puts a frame that is sealed already behind the others.
    ///
    /// @return where it lies now
    public FrameRef copy(FrameRef frame, ByteBuffer sealed) throws IOException, InterruptedException {
        ByteBuffer chunk = room(sealed.remaining());
        int length = sealed.remaining();
        chunk.put(sealed);
        placed(length);
        return new FrameRef(
                new FrameSource(object(), frame.source().salt()),
                frame.counter(),
                offset(lastOffset),
                frame.frameLength(),
                frame.rawLength());
    }

    private ByteBuffer room(int most) throws IOException, InterruptedException {
        if (inline == null && size > 0 && size + most > segmentBytes) {
            cut();
        }
        if (chunks.isEmpty() || !chunks.getLast().hasRoomFor(most)) {
            Chunk fresh = new Chunk();
            fresh.placed(lastObject(), size);
            chunks.add(fresh);
        }
        return chunks.getLast().bytes();
    }

    private void placed(int length) {
        lastOffset = size;
        size += length;
        totalBytes += length;
    }

    private int lastObject() {
        return objects.size() - 1;
    }

    /// Bytes of all frames.
    public long totalBytes() {
        return totalBytes;
    }

    /// Whether all frames so far are few enough to lie in the slot's object.
    boolean fitsInline(int limit) {
        return objects.size() == 1 && size <= limit;
    }

    /// From now on all frames, those before too, lie in this object.
    ///
    /// @throws IllegalStateException if a segment was cut already
    public void stayInline(ObjectRef object) {
        if (objects.size() > 1) {
            throw new IllegalStateException("some frames have left already");
        }
        inline = object;
    }

    /// The object with a number.
    ObjectRef object(int number) {
        return inline != null ? inline : objects.get(number);
    }

    private ObjectRef object() {
        return object(lastObject());
    }

    /// Where a frame begins in its object.
    int offset(int offsetAmongFrames) {
        return inline != null ? DocumentLayout.HEADER_BYTES + offsetAmongFrames : offsetAmongFrames;
    }

    /// The frames for the inside of the object; empty if they went to segments.
    public List<ByteBuffer> inlineContent() {
        return inline == null
                ? List.of()
                : chunks.stream().map(chunk -> chunk.bytes().duplicate().flip()).toList();
    }

    /// Hands over what is left, unless it stays inline.
    ///
    /// @return completes when all segments are durable
    public CompletableFuture<?> finish() throws IOException, InterruptedException {
        if (inline == null && size > 0) {
            cut();
        }
        return CompletableFuture.allOf(uploads.toArray(CompletableFuture[]::new));
    }

    /// The segments that were handed over.
    public List<ObjectRef> segments() {
        return List.copyOf(objects.subList(0, uploads.size()));
    }

    /// Gives memory back. What was handed over comes back by itself.
    public void release() {
        chunks.forEach(Chunk::release);
        chunks.clear();
        size = 0;
    }

    private void cut() throws IOException, InterruptedException {
        List<Chunk> cut = List.copyOf(chunks);
        List<ByteBuffer> content =
                cut.stream().map(chunk -> chunk.bytes().flip()).toList();
        chunks.clear();
        // Memory of a failed upload is not used again: the sink may still be reading it.
        CompletableFuture<?> upload = sink.submit(object().name(machine), content, () -> cut.forEach(Chunk::release));
        uploads.add(upload);
        if (upload.isCompletedExceptionally()) {
            throw new IOException("A segment could not be stored; the generation is lost and will be sent again.");
        }
        objects.add(ObjectRef.segment(entropy.uuid()));
        size = 0;
    }
}
