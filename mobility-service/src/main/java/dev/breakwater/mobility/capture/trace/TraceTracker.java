package dev.breakwater.mobility.capture.trace;

import dev.breakwater.mobility.capture.dirty.ChangeTracker;
import dev.breakwater.mobility.capture.dirty.DirtyMap;
import dev.breakwater.platform.linux.NativeFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads a [TraceInstance] and marks what changed.
///
/// Pages are read from the kernel straight into a file in memory, one place per processor, and only then
/// understood: a successor of a killed process finds the page that was being worked on and reads it again,
/// which is harmless.
public final class TraceTracker implements ChangeTracker {

    private static final int SECTOR_BYTES = 512;
    /// A twentieth of what the buffer takes to fill at 120,000 writes a second.
    private static final long POLL_NANOS = 20_000_000;
    /// Each second: it means opening a file of each processor, and no point is taken without asking anew.
    private static final int POLLS_PER_LOOK_FOR_LOSSES = 50;

    /// Bounds one look at a processor's buffer, so that a fast writer cannot hold the reader there: 4 MiB.
    private static final int MAX_PAGES_PER_LOOK = 1024;

    private final TraceInstance instance;
    private final List<TracedDisk> disks;
    private final List<DirtyMap> maps;
    private final TracePage parser;
    private final MarkerBarrier barrier;
    private final FrozenWindow window = new FrozenWindow();
    private final long[] sectorsSeen;
    private long writesSeen;
    private final List<NativeFile> pipes = new ArrayList<>();
    private final List<MemorySegment> pages = new ArrayList<>();
    private final Arena arena = Arena.ofShared();
    private final Thread poller;
    private final Object drainLock = new Object();
    private volatile boolean closed;
    private volatile @Nullable String loss;

    private TraceTracker(
            TraceInstance instance, List<TracedDisk> disks, List<DirtyMap> maps, Path pageFile, LongSupplier nanos)
            throws IOException {
        this.instance = instance;
        this.disks = List.copyOf(disks);
        this.maps = List.copyOf(maps);
        this.sectorsSeen = new long[disks.size()];
        this.parser = new TracePage(instance.formats());
        try {
            openPipes(pageFile);
            this.barrier = new MarkerBarrier(instance.openMarker(), nanos);
        } catch (IOException e) {
            releasePipes();
            throw e;
        }
        this.poller = Thread.ofPlatform().daemon().name("trace-reader").unstarted(this::poll);
    }

    /// Starts recording anew.
    ///
    /// @param disks what to track
    /// @param maps of each disk, in the same order
    /// @param pageFile in memory; see the class
    public static TraceTracker create(
            TraceInstance instance,
            List<TracedDisk> disks,
            List<DirtyMap> maps,
            Path pageFile,
            int bufferKib,
            LongSupplier nanos)
            throws IOException {
        instance.create(disks, bufferKib);
        TraceTracker tracker = new TraceTracker(instance, disks, maps, pageFile, nanos);
        tracker.pages.forEach(page -> page.fill((byte) 0));
        tracker.poller.start();
        return tracker;
    }

    /// Goes on with what an earlier process began.
    ///
    /// @return empty if there is a gap; the reason is then in `why`
    public static Optional<TraceTracker> resume(
            TraceInstance instance,
            List<TracedDisk> disks,
            List<DirtyMap> maps,
            Path pageFile,
            LongSupplier nanos,
            StringBuilder why)
            throws IOException {
        String flaw = instance.flaw(disks);
        if (!flaw.isEmpty()) {
            why.append(flaw);
            return Optional.empty();
        }
        TraceTracker tracker = new TraceTracker(instance, disks, maps, pageFile, nanos);
        synchronized (tracker.drainLock) {
            for (MemorySegment page : tracker.pages) {
                tracker.parser.read(page, tracker.new Marks());
            }
        }
        tracker.poller.start();
        return Optional.of(tracker);
    }

    private void openPipes(Path pageFile) throws IOException {
        int pageBytes = instance.pageBytes();
        List<Path> processors = instance.processors();
        try (var channel = FileChannel.open(
                pageFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment all = channel.map(MapMode.READ_WRITE, 0, (long) pageBytes * processors.size(), arena);
            for (int i = 0; i < processors.size(); i++) {
                pages.add(all.asSlice((long) i * pageBytes, pageBytes));
                pipes.add(NativeFile.openNonBlocking(
                        processors.get(i).resolve("trace_pipe_raw").toString()));
            }
        }
    }

    private void poll() {
        for (long polls = 0; !closed; polls++) {
            try {
                refresh();
                if (polls % POLLS_PER_LOOK_FOR_LOSSES == 0) {
                    lookForLosses();
                }
            } catch (IOException e) {
                lost("the trace buffer cannot be read: " + e.getMessage());
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void lookForLosses() throws IOException {
        if (instance.losses() != 0) {
            lost("the trace buffer overflowed");
        }
    }

    private void lost(String why) {
        if (loss == null) {
            loss = why;
        }
    }

    @Override
    public Optional<String> loss() {
        return Optional.ofNullable(loss);
    }

    /// What changed while it was open.
    public FrozenWindow window() {
        return window;
    }

    /// Writes to these disks that ended since this run began.
    public long writesSeen() {
        synchronized (drainLock) {
            return writesSeen;
        }
    }

    /// Sectors that were seen to change on a disk since this run began; for the comparison with the kernel's
    /// own count.
    long sectorsSeen(int disk) {
        synchronized (drainLock) {
            return sectorsSeen[disk];
        }
    }

    List<TracedDisk> disks() {
        return disks;
    }

    /// Whether no write is under way on any disk.
    ///
    /// @throws IOException if a disk is gone
    public boolean quiet() throws IOException {
        for (TracedDisk disk : disks) {
            if (!disk.quiet()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void refresh() throws IOException {
        synchronized (drainLock) {
            if (closed) {
                return;
            }
            Marks marks = new Marks();
            for (int i = 0; i < pipes.size(); i++) {
                MemorySegment page = pages.get(i);
                for (int n = 0; n < MAX_PAGES_PER_LOOK && pipes.get(i).read(page) > 0; n++) {
                    parser.read(page, marks);
                }
            }
        }
    }

    @Override
    public void barrier() throws IOException, InterruptedException {
        barrier.pass(this::refresh);
        lookForLosses();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(poller);
        boolean interrupted = false;
        while (poller.isAlive()) {
            try {
                poller.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (drainLock) {
            barrier.close();
            releasePipes();
        }
    }

    private void releasePipes() {
        pipes.forEach(NativeFile::close);
        arena.close();
    }

    /// Turns events into marks.
    private final class Marks implements TraceEvents {

        @Override
        public void changed(int dev, long sector, int sectors, boolean discard, boolean done) {
            for (int i = 0; i < disks.size(); i++) {
                if (disks.get(i).number() == dev) {
                    long offset = sector * SECTOR_BYTES;
                    long length = Integer.toUnsignedLong(sectors) * SECTOR_BYTES;
                    if (done) {
                        maps.get(i).mark(offset, length);
                        writesSeen++;
                        sectorsSeen[i] += Integer.toUnsignedLong(sectors);
                        window.note(i, offset, length, discard);
                    } else {
                        maps.get(i).suspect(offset, length);
                    }
                    return;
                }
            }
        }

        @Override
        public void marker(String text) {
            barrier.seen(text);
        }

        @Override
        public void lost(String why) {
            TraceTracker.this.lost(why);
        }
    }
}
