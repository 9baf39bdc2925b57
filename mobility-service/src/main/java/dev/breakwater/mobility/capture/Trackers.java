package dev.breakwater.mobility.capture;

import dev.breakwater.mobility.capture.digest.DigestTracker;
import dev.breakwater.mobility.capture.dirty.DirtyMap;
import dev.breakwater.mobility.capture.trace.FrozenWindow;
import dev.breakwater.mobility.capture.trace.SectorAudit;
import dev.breakwater.mobility.capture.trace.TraceInstance;
import dev.breakwater.mobility.capture.trace.TraceTracker;
import dev.breakwater.mobility.capture.trace.TracedDisk;
import dev.breakwater.model.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The trackers of all disks of a machine: one for all that can be traced, one for each that cannot.
final class Trackers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Trackers.class);

    /// Which disks are tracked how; fixed while the program runs.
    ///
    /// @param instance of the kernel's tracer; null if nothing is traced
    /// @param traced what is traced
    /// @param tracedDisks the same disks, in the same order
    /// @param digested what is read for changes
    /// @param remarks why those are not traced, for people
    record Plan(
            @Nullable TraceInstance instance,
            List<TracedDisk> traced,
            List<CapturedDisk> tracedDisks,
            List<CapturedDisk> digested,
            List<String> remarks) {

        static Plan make(CaptureSettings settings, List<CapturedDisk> disks) {
            TraceInstance instance = null;
            String obstacle = "";
            try {
                instance = TraceInstance.named(settings.name());
            } catch (IOException e) {
                obstacle = String.valueOf(e.getMessage());
            }
            List<TracedDisk> traced = new ArrayList<>();
            List<CapturedDisk> tracedDisks = new ArrayList<>();
            List<CapturedDisk> digested = new ArrayList<>();
            List<String> remarks = new ArrayList<>();
            for (CapturedDisk disk : disks) {
                String device = disk.disk().device();
                try {
                    if (instance == null) {
                        throw new IOException(obstacle);
                    }
                    if (Files.isRegularFile(Path.of(device))) {
                        throw new IOException("it is a file");
                    }
                    traced.add(TracedDisk.of(device));
                    tracedDisks.add(disk);
                } catch (IOException e) {
                    digested.add(disk);
                    remarks.add("Disk " + device
                            + " is read entirely for each point, once more while file systems stand still"
                            + " if it is being written, because its changes cannot be traced: " + e.getMessage() + ".");
                }
            }
            return new Plan(traced.isEmpty() ? null : instance, traced, tracedDisks, digested, remarks);
        }
    }

    private final Plan plan;
    private final @Nullable TraceTracker tracer;
    private final @Nullable SectorAudit audit;
    private final List<DigestTracker> digests;

    private Trackers(Plan plan, @Nullable TraceTracker tracer, List<DigestTracker> digests) {
        this.plan = plan;
        this.tracer = tracer;
        this.audit = tracer == null ? null : new SectorAudit(tracer);
        this.digests = digests;
    }

    /// Starts to track anew; what the disks hold now is taken as known.
    static Trackers create(CaptureSettings settings, Plan plan) throws IOException {
        TraceTracker tracer = null;
        if (plan.instance() != null) {
            tracer = TraceTracker.create(
                    plan.instance(),
                    plan.traced(),
                    maps(plan),
                    pages(settings),
                    settings.traceBufferKib(),
                    settings.nanos());
        }
        Trackers trackers = new Trackers(plan, tracer, digestTrackers(settings, plan));
        for (DigestTracker digest : trackers.digests) {
            digest.baseline();
        }
        return trackers;
    }

    /// Goes on with what an earlier process began; empty, and a reason, if there is a gap.
    static Optional<Trackers> resume(CaptureSettings settings, Plan plan, StringBuilder why) throws IOException {
        TraceTracker tracer = null;
        if (plan.instance() != null) {
            Optional<TraceTracker> resumed = TraceTracker.resume(
                    plan.instance(), plan.traced(), maps(plan), pages(settings), settings.nanos(), why);
            if (resumed.isEmpty()) {
                return Optional.empty();
            }
            tracer = resumed.get();
        }
        return Optional.of(new Trackers(plan, tracer, digestTrackers(settings, plan)));
    }

    private static List<DirtyMap> maps(Plan plan) {
        return plan.tracedDisks().stream().map(CapturedDisk::map).toList();
    }

    private static Path pages(CaptureSettings settings) {
        return settings.stateFolder().resolve("pages");
    }

    private static List<DigestTracker> digestTrackers(CaptureSettings settings, Plan plan) throws IOException {
        List<DigestTracker> result = new ArrayList<>();
        for (CapturedDisk disk : plan.digested()) {
            Path file = settings.stateFolder().resolve(disk.disk().id() + ".digests");
            result.add(new DigestTracker(
                    disk.reader(),
                    disk.map(),
                    device(disk.disk().device()),
                    file,
                    settings.maxFreeze().dividedBy(2),
                    settings.nanos()));
        }
        return result;
    }

    private static Optional<TracedDisk> device(String path) {
        try {
            return Files.isRegularFile(Path.of(path)) ? Optional.empty() : Optional.of(TracedDisk.of(path));
        } catch (IOException e) {
            LOG.debug("{} has no counts of what is written to it: {}", path, e.getMessage());
            return Optional.empty();
        }
    }

    Plan plan() {
        return plan;
    }

    OptionalLong trackedWrites() {
        return tracer == null ? OptionalLong.empty() : OptionalLong.of(tracer.writesSeen());
    }

    Optional<String> loss() {
        return tracer == null ? Optional.empty() : tracer.loss();
    }

    /// Marks what the tracer knows; cheap.
    void refreshTraced() throws IOException {
        if (tracer != null) {
            tracer.refresh();
            if (tracer.quiet()) {
                settle();
            }
        }
    }

    /// Reads the disks that are not traced.
    void refreshDigests() throws IOException {
        for (DigestTracker digest : digests) {
            digest.refresh();
        }
    }

    /// After this everything that was written before is dirty or taken. Call it when [#quiet].
    void barrier() throws IOException, InterruptedException {
        if (tracer != null) {
            tracer.barrier();
            if (tracer.quiet()) {
                settle();
            }
        }
        refreshDigests();
    }

    private void settle() {
        plan.tracedDisks().forEach(disk -> disk.map().settle());
    }

    boolean quiet() throws IOException {
        for (DigestTracker digest : digests) {
            if (!digest.quiet()) {
                return false;
            }
        }
        return tracer == null || tracer.quiet();
    }

    void openWindow() {
        if (tracer != null) {
            tracer.window().open();
        }
    }

    void closeWindow() {
        if (tracer != null) {
            tracer.window().close();
        }
    }

    /// A change in the window.
    ///
    /// @param where what changed
    /// @param discard whether it was a discard
    record Change(DiskRange where, boolean discard) {}

    List<Change> takeWindow() {
        if (tracer == null) {
            return List.of();
        }
        List<Change> result = new ArrayList<>();
        for (FrozenWindow.Change change : tracer.window().take()) {
            CapturedDisk disk = plan.tracedDisks().get(change.disk());
            ByteRange range = new ByteRange(change.offset(), Math.max(1, change.length()));
            result.add(new Change(new DiskRange(disk.disk().id(), range), change.discard()));
        }
        return result;
    }

    long[] counts() throws IOException {
        return audit == null ? new long[0] : audit.counts();
    }

    /// Compares with the kernel's counts at a quiet moment.
    Optional<String> audit(long[] before) throws IOException {
        return audit == null ? Optional.empty() : audit.compare(before);
    }

    @Override
    public void close() {
        if (tracer != null) {
            tracer.close();
        }
        digests.forEach(DigestTracker::close);
        LOG.debug("trackers closed");
    }
}
