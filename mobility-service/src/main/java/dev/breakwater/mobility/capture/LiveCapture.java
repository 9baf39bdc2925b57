package dev.breakwater.mobility.capture;

import dev.breakwater.mobility.capture.dirty.DirtyMap;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.platform.linux.DiskReader;
import dev.breakwater.platform.linux.FileExtents;
import dev.breakwater.platform.linux.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The capture of this machine's disks.
final class LiveCapture implements MachineCapture {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCapture.class);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final CaptureSettings settings;
    private final List<CapturedDisk> disks;
    private final CaptureState state;
    private final UUID boot;
    private final byte[] identity;
    private final Exclusions exclusions = new Exclusions();
    private final BlockCopier copier;
    private final ParallelReads reads = new ParallelReads(MAX_PART_BYTES);
    private final PointTaker points;
    private final Object generations = new Object();
    private volatile Trackers trackers;
    private CaptureStart start;
    /// Whether blocks were marked without a change, so that the open generation does not tell what was written.
    private volatile boolean markedInBulk;
    private boolean closed;

    private LiveCapture(
            CaptureSettings settings,
            List<CapturedDisk> disks,
            CaptureState state,
            String lostMap,
            UUID boot,
            Trackers.Plan plan)
            throws IOException {
        this.settings = settings;
        this.disks = disks;
        this.state = state;
        this.boot = boot;
        this.identity = identity(settings, plan);
        String flaw = lostMap.isEmpty() ? state.flaw(boot, identity) : lostMap;
        Optional<Trackers> resumed = Optional.empty();
        StringBuilder why = new StringBuilder(flaw);
        if (flaw.isEmpty()) {
            resumed = Trackers.resume(settings, plan, why);
        }
        if (resumed.isPresent()) {
            this.trackers = resumed.get();
            this.start = new CaptureStart.Resumed();
        } else {
            disks.forEach(disk -> disk.map().clear());
            this.trackers = begin(plan);
            this.start = new CaptureStart.Anew(why.toString());
        }
        exclusions.refresh(disks);
        this.copier = new BlockCopier(disks);
        this.points = new PointTaker(settings, disks, copier, exclusions);
    }

    /// Opens the capture of these disks; see [MachineCapture#open].
    static LiveCapture open(CaptureSettings settings, List<ProtectedDisk> wanted) throws IOException {
        Files.createDirectories(settings.stateFolder());
        CaptureState state = CaptureState.open(settings.stateFolder().resolve("state"));
        List<CapturedDisk> disks = new ArrayList<>();
        try {
            String lostMap = lostMap(settings, wanted, state);
            for (ProtectedDisk disk : wanted) {
                DiskReader reader = DiskReader.open(disk.device(), disk.sizeBytes());
                disks.add(new CapturedDisk(disk, DirtyMap.open(planes(settings, disk), disk.sizeBytes()), reader));
            }
            Trackers.Plan plan = Trackers.Plan.make(settings, disks);
            UUID boot = UUID.fromString(Files.readString(BOOT_ID).strip());
            LiveCapture capture = new LiveCapture(settings, disks, state, lostMap, boot, plan);
            LOG.info("capture {} of {} disks: {}", settings.name(), disks.size(), capture.start);
            return capture;
        } catch (IOException | RuntimeException e) {
            disks.forEach(CapturedDisk::close);
            state.close();
            throw e;
        }
    }

    /// Why tracking cannot be gone on with: there is no map where there was one. That holds before an empty one takes
    /// its place, which would hide changes from whoever opens after a kill.
    private static String lostMap(CaptureSettings settings, List<ProtectedDisk> disks, CaptureState state)
            throws IOException {
        for (ProtectedDisk disk : disks) {
            if (state.isValid() && !DirtyMap.isThere(planes(settings, disk), disk.sizeBytes())) {
                state.invalidate();
                return "there is no whole dirty map of " + disk.device();
            }
        }
        return "";
    }

    private static Path planes(CaptureSettings settings, ProtectedDisk disk) {
        return settings.stateFolder().resolve(disk.id() + ".planes");
    }

    private Trackers begin(Trackers.Plan plan) throws IOException {
        state.invalidate();
        Trackers fresh = Trackers.create(settings, plan);
        state.begin(boot, identity, settings.entropy().uuid());
        return fresh;
    }

    /// Tells these disks from all others of this boot.
    private byte[] identity(CaptureSettings settings, Trackers.Plan plan) throws IOException {
        StringBuilder text = new StringBuilder(settings.name());
        for (CapturedDisk disk : disks) {
            text.append('\n').append(disk.disk());
            if (plan.digested().contains(disk)) {
                Object key = Files.readAttributes(
                                Path.of(disk.disk().device()), java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey();
                text.append(' ').append(key);
            }
        }
        plan.traced().forEach(disk -> text.append('\n').append(disk));
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private CapturedDisk disk(DiskId id) {
        return disks.stream()
                .filter(disk -> disk.disk().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("disk " + id + " is not captured"));
    }

    @Override
    public CaptureStart start() {
        return start;
    }

    @Override
    public UUID incarnation() {
        return state.incarnation();
    }

    @Override
    public long currentGeneration() {
        return state.current();
    }

    @Override
    public List<ProtectedDisk> disks() {
        return disks.stream().map(CapturedDisk::disk).toList();
    }

    @Override
    public List<String> remarks() {
        List<String> result = new ArrayList<>(trackers.plan().remarks());
        result.addAll(exclusions.remarks());
        return result;
    }

    @Override
    public boolean traced(DiskId id) {
        return trackers.plan().tracedDisks().contains(disk(id));
    }

    @Override
    public OptionalLong trackedWrites() {
        return trackers.trackedWrites();
    }

    @Override
    public Optional<String> loss() {
        return trackers.loss();
    }

    @Override
    public void markAllocated(DiskId id) throws IOException {
        CapturedDisk disk = disk(id);
        markedInBulk = true;
        if (Files.isRegularFile(Path.of(disk.disk().device()))) {
            for (FileExtents.Extent data :
                    FileExtents.data(disk.disk().device(), disk.disk().sizeBytes())) {
                disk.map().mark(data.fileOffset(), data.length());
            }
        } else {
            disk.map().mark(0, disk.disk().sizeBytes());
        }
    }

    @Override
    public void mark(DiskId id, ByteRange range) {
        markedInBulk = true;
        disk(id).map().mark(range.offset(), range.length());
    }

    @Override
    public void leaveOut(OwnFiles files) throws IOException {
        exclusions.own(files);
        exclusions.refresh(disks);
    }

    @Override
    public boolean leftOut(DiskId id, ByteRange range) {
        return disk(id).map().leftOut(range.offset(), range.length());
    }

    @Override
    public long dirtyBytes() {
        return disks.stream().mapToLong(disk -> disk.map().dirtyBlocks()).sum() * Blocks.BLOCK_BYTES;
    }

    @Override
    public long dirtyBytes(DiskId id) {
        return disk(id).map().dirtyBlocks() * Blocks.BLOCK_BYTES;
    }

    @Override
    public long openBytes() {
        long current = state.current();
        return disks.stream().mapToLong(disk -> disk.map().takenBlocks(current)).sum() * Blocks.BLOCK_BYTES;
    }

    @Override
    public long copyPass(BlockSink sink, long maxBytes) throws IOException {
        trackers.refreshTraced();
        return copier.copy(sink, state.current(), maxBytes);
    }

    @Override
    public boolean canClose() {
        synchronized (generations) {
            return state.current() - oldestOpen() + 1 < MAX_OPEN;
        }
    }

    /// The oldest generation whose plane may still be in use.
    private long oldestOpen() {
        return state.durable() + 1;
    }

    private void requireRoom() {
        if (!canClose()) {
            throw new IllegalStateException(MAX_OPEN + " generations are open, from " + oldestOpen() + " to "
                    + state.current() + ": wait until one is durable");
        }
    }

    @Override
    public ClosedGeneration.Partial cutPartial() {
        requireRoom();
        long bytes = openBytes();
        return new ClosedGeneration.Partial(closeCurrent(), bytes);
    }

    /// The number is persisted before anyone can send it.
    private long closeCurrent() {
        synchronized (generations) {
            long closed = state.current();
            state.current(closed + 1);
            return closed;
        }
    }

    @Override
    public ClosedGeneration.Point closePoint(BlockSink sink, PointRequest request)
            throws IOException, InterruptedException {
        requireRoom();
        Trackers now = trackers;
        PointTaker.Taken taken = take(now, sink, request);
        List<String> remarks = new ArrayList<>(remarks());
        remarks.addAll(taken.remarks());
        if (!markedInBulk) {
            remarks.addAll(points.rawRemarks(now, state.current()));
        }
        markedInBulk = false;
        long bytes = openBytes();
        return new ClosedGeneration.Point(
                closeCurrent(),
                bytes,
                taken.time(),
                taken.type(),
                taken.freezeMillis(),
                taken.stallMillis(),
                remarks,
                taken.discards());
    }

    private PointTaker.Taken take(Trackers now, BlockSink sink, PointRequest request)
            throws IOException, InterruptedException {
        try {
            return points.take(now, sink, state.current(), request);
        } catch (UnreadableException e) {
            throw CaptureException.of(e);
        }
    }

    @Override
    public void durable(long generation) {
        synchronized (generations) {
            if (generation >= state.current()) {
                throw new IllegalArgumentException("generation " + generation + " cannot be durable: " + state.current()
                        + " is still being filled");
            }
            for (long g = Math.max(oldestOpen(), state.current() - MAX_OPEN + 1); g <= generation; g++) {
                long forget = g;
                disks.forEach(disk -> disk.map().durable(forget));
            }
            if (generation > state.durable()) {
                state.durable(generation);
            }
        }
    }

    @Override
    public void returnLost(long lastDurable) {
        synchronized (generations) {
            long current = state.current();
            if (lastDurable >= current) {
                throw new IllegalArgumentException("the vault knows generation " + lastDurable
                        + " of this incarnation, but only " + current + " is being filled");
            }
            durable(lastDurable);
            for (long g = Math.max(oldestOpen(), current - MAX_OPEN + 1); g <= current; g++) {
                long lost = g;
                disks.forEach(disk -> disk.map().returnToDirty(lost));
            }
            // Their planes are free again; their numbers are not.
            state.durable(current - 1);
        }
    }

    @Override
    public <T> Future<T> read(DiskId id, ByteRange part, Function<ByteBuffer, T> use) throws InterruptedException {
        return reads.read(disk(id).reader(), part, use);
    }

    @Override
    public void renew(String reason) throws IOException {
        synchronized (generations) {
            long current = state.current();
            for (long g = Math.max(1, current - MAX_OPEN + 1); g <= current; g++) {
                long lost = g;
                disks.forEach(disk -> disk.map().returnToDirty(lost));
            }
            Trackers old = trackers;
            old.close();
            trackers = begin(old.plan());
            start = new CaptureStart.Anew(reason);
            markedInBulk = true;
        }
        LOG.info("capture {} begins anew: {}", settings.name(), reason);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        points.close();
        reads.close();
        copier.close();
        trackers.close();
        disks.forEach(CapturedDisk::close);
        state.close();
    }

    @Override
    public void forget() throws IOException {
        state.invalidate();
        close();
        CaptureRemains.remove(settings);
    }
}
