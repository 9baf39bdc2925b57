package dev.breakwater.mobility.capture;

import dev.breakwater.mobility.consistency.Freezer;
import dev.breakwater.mobility.consistency.ShellCommand;
import dev.breakwater.mobility.consistency.Watchdog;
import dev.breakwater.mobility.discovery.LinuxDisks;
import dev.breakwater.mobility.discovery.MountedFileSystem;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.PointType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds an instant at which the content of all disks belongs together, and copies what is missing for it.
///
/// Passes until little is dirty, sync, freeze, wait until no write is under way, barrier, copy the rest into memory,
/// barrier again: if nothing is dirty then, each block was read after its last change, and the copy is the disk
/// of that moment.
final class PointTaker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PointTaker.class);

    /// Passes before the freeze: each leaves what changed while it ran, a fraction of what it copied.
    private static final int MAX_PASSES = 8;
    /// Tries before the machine is said to be too busy: with back-off the agent asks again anyway.
    private static final int MAX_ATTEMPTS = 4;

    private final CaptureSettings settings;
    private final List<CapturedDisk> disks;
    private final BlockCopier copier;
    private final FrozenRest rest;
    private final Exclusions exclusions;
    private final LinuxDisks machine = new LinuxDisks();
    private @Nullable Watchdog watchdog;

    PointTaker(CaptureSettings settings, List<CapturedDisk> disks, BlockCopier copier, Exclusions exclusions) {
        this.settings = settings;
        this.disks = disks;
        this.copier = copier;
        this.exclusions = exclusions;
        this.rest = new FrozenRest(settings.maxFrozenBytes());
    }

    /// What came out; see [ClosedGeneration.Point].
    record Taken(
            Instant time,
            PointType type,
            long freezeMillis,
            long stallMillis,
            List<String> remarks,
            List<DiskRange> discards) {}

    Taken take(Trackers trackers, BlockSink sink, long generation, PointRequest request)
            throws IOException, InterruptedException {
        AfterThaw after = new AfterThaw(request);
        List<String> remarks = new ArrayList<>();
        PointType type = request.type();
        try {
            if (request.beforeFreeze() != null) {
                type = before(request.beforeFreeze(), request.timeout(), type, remarks);
            }
            trackers.refreshDigests();
            String why = "";
            for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
                try {
                    return attempt(trackers, sink, generation, request, type, remarks, after);
                } catch (Restless e) {
                    why = String.valueOf(e.getMessage());
                    LOG.info("no consistent instant in attempt {}: {}", attempt, why);
                }
            }
            throw new CaptureException(
                    CaptureException.Kind.NOT_NOW,
                    "No recovery point could be taken in " + MAX_ATTEMPTS
                            + " attempts; earlier points stay and no change" + " is lost. " + why);
        } finally {
            after.run();
        }
    }

    private static PointType before(String command, Duration timeout, PointType type, List<String> remarks)
            throws InterruptedException {
        try {
            ShellCommand.run(command, timeout);
            return type;
        } catch (IOException e) {
            remarks.add("The applications were not brought to rest: " + e.getMessage());
            return PointType.CRASH_CONSISTENT;
        }
    }

    private Taken attempt(
            Trackers trackers,
            BlockSink sink,
            long generation,
            PointRequest request,
            PointType type,
            List<String> remarks,
            AfterThaw after)
            throws IOException, InterruptedException {
        List<MountedFileSystem> fileSystems = fileSystems();
        boolean emitted = false;
        rest.clear();
        exclusions.refresh(disks);
        try (Freezer freezer = Freezer.open(fileSystems, watchdog(fileSystems))) {
            passes(trackers, sink, generation);
            freezer.sync();
            trackers.refreshTraced();
            copier.copy(sink, generation, Long.MAX_VALUE);
            trackers.refreshTraced();
            // Some more arrives until the freeze holds: twice what is dirty, and 16 MiB.
            rest.prepare(2 * dirtyBytes() + (16L << 20));
            FrozenInstant instant = new FrozenInstant(settings, disks, copier, rest, trackers, generation);
            Taken taken = instant.take(freezer, request, type, remarks);
            after.run();
            if (exclusions.refresh(disks)) {
                throw new Restless("Swap or the spool moved on a disk while the point was taken.");
            }
            rest.emit(sink);
            emitted = true;
            return taken;
        } finally {
            if (!emitted) {
                rest.giveBack(disks);
            }
            rest.clear();
        }
    }

    private void passes(Trackers trackers, BlockSink sink, long generation) throws IOException {
        long before = Long.MAX_VALUE;
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            trackers.refreshTraced();
            long dirty = dirtyBytes();
            if (dirty <= settings.restBytes() || dirty >= before) {
                return;
            }
            before = dirty;
            copier.copy(sink, generation, Long.MAX_VALUE);
        }
    }

    private long dirtyBytes() {
        return disks.stream().mapToLong(disk -> disk.map().dirtyBlocks()).sum() * Blocks.BLOCK_BYTES;
    }

    /// The file systems to freeze. Our own state must not lie on one of them: marking a block would wait for
    /// the thaw.
    private List<MountedFileSystem> fileSystems() throws IOException {
        List<MountedFileSystem> found =
                machine
                        .fileSystemsOn(
                                disks.stream().map(disk -> disk.disk().device()).toList())
                        .stream()
                        .filter(fileSystem -> !fileSystem.readOnly())
                        .toList();
        Path state = settings.stateFolder().toRealPath();
        String holder = machine.numberOfFileSystem(state);
        for (MountedFileSystem fileSystem : found) {
            if (holder.equals(fileSystem.device())) {
                throw new CaptureException(
                        CaptureException.Kind.REFUSED,
                        "The state folder " + state + " lies on " + fileSystem.mountPoint()
                                + ", which is frozen for each point; capture would wait for itself. Put it into memory,"
                                + " for example below /dev/shm.");
            }
        }
        return found;
    }

    private @Nullable Watchdog watchdog(List<MountedFileSystem> fileSystems) throws IOException {
        if (fileSystems.isEmpty()) {
            return null;
        }
        Watchdog running = watchdog;
        if (running == null || !running.alive()) {
            if (running != null) {
                running.close();
            }
            running = Watchdog.start();
            watchdog = running;
        }
        return running;
    }

    /// What was written past any mounted file system, for the point's remarks.
    List<String> rawRemarks(Trackers trackers, long generation) throws IOException {
        List<String> result = new ArrayList<>();
        for (CapturedDisk disk : trackers.plan().tracedDisks()) {
            if (disk.map()
                    .takenOutside(generation, machine.coveredOn(disk.disk().device()))) {
                result.add("Disk " + disk.disk().device()
                        + " was written past any mounted file system; what wrote it was not brought to rest.");
            }
        }
        return result;
    }

    @Override
    public void close() {
        if (watchdog != null) {
            watchdog.close();
        }
    }

    /// There was no consistent instant; trying again can help.
    static final class Restless extends IOException {
        private static final long serialVersionUID = 1L;

        Restless(String message) {
            super(message);
        }
    }

    /// Lets the applications go on, once.
    private static final class AfterThaw {
        private @Nullable String command;
        private final Duration timeout;

        AfterThaw(PointRequest request) {
            this.command = request.afterThaw();
            this.timeout = request.timeout();
        }

        void run() throws InterruptedException {
            String once = command;
            command = null;
            if (once == null) {
                return;
            }
            try {
                ShellCommand.run(once, timeout);
            } catch (IOException e) {
                LOG.warn("The command after the thaw failed; applications may still be at rest: {}", e.getMessage());
            }
        }
    }
}
