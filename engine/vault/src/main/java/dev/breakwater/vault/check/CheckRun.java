package dev.breakwater.vault.check;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One run of a check: counts, and passes findings and progress on.
final class CheckRun {

    /// Pages or frames between two reports of progress.
    private static final int PROGRESS_STEPS = 64;

    private final CheckListener listener;
    private final CheckDepth depth;
    private final Witness witness;
    private final Set<MachineId> witnessed = new HashSet<>();
    private @Nullable MachineId machine;
    private int machineNumber;
    private int machines;
    private Map<DiskId, String> damagedKeys = new TreeMap<>();
    private final Map<MachineId, Long> newestSlots = new TreeMap<>();
    private int points;
    private long pages;
    private long frames;
    private long bytes;
    private long pagesBefore;
    private long bytesBefore;
    private long totalBytes;
    private int findings;
    private int critical;
    private int warnings;
    private int steps;

    CheckRun(CheckListener listener, CheckDepth depth, Witness witness) {
        this.listener = listener;
        this.depth = depth;
        this.witness = witness;
    }

    /// Goes to a machine.
    void begin(MachineId next, int number, int ofMachines) {
        machine = next;
        machineNumber = number;
        machines = ofMachines;
        damagedKeys = new TreeMap<>();
        pagesBefore = pages;
        bytesBefore = bytes;
        totalBytes = 0;
        if (witness.slot(next) > 0) {
            witnessed.add(next);
        }
    }

    void diskKeyDamaged(DiskId disk, String cause) {
        damagedKeys.put(disk, cause);
    }

    /// Why the keys of some disks of this machine cannot be read.
    Map<DiskId, String> damagedKeys() {
        return damagedKeys;
    }

    CheckDepth depth() {
        return depth;
    }

    long witnessedSlot(MachineId of) {
        return witness.slot(of);
    }

    void report(Finding finding) {
        findings++;
        switch (finding.severity()) {
            case CRITICAL -> critical++;
            case WARNING -> warnings++;
            case INFO -> {}
        }
        listener.found(finding);
    }

    void unreadable(MachineId of, DiskId disk, ByteRange range) {
        listener.unreadable(of, disk, range);
    }

    int critical() {
        return critical;
    }

    void log(MachineId of, int listedPoints, long newestSlot) {
        points += listedPoints;
        newestSlots.put(of, newestSlot);
    }

    void stored(long sum) {
        totalBytes = sum;
    }

    void page() {
        pages++;
        step();
    }

    void opened(long frameCount, long frameBytes) {
        frames += frameCount;
        bytes += frameBytes;
        step();
    }

    private void step() {
        steps++;
        MachineId now = machine;
        if (steps % PROGRESS_STEPS == 0 && now != null) {
            listener.progress(new CheckProgress(
                    now, machineNumber, machines, pages - pagesBefore, bytes - bytesBefore, totalBytes));
        }
    }

    CheckSummary summary() {
        return new CheckSummary(
                machines,
                points,
                pages,
                frames,
                bytes,
                findings,
                critical,
                warnings,
                witnessed.size(),
                witness.sources(),
                newestSlots);
    }
}
