package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.CaptureFigures;
import dev.breakwater.mobility.capture.ClosedGeneration;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.spool.Spool;
import dev.breakwater.model.DiskId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Figures for the reports. Written by replication, read by any thread.
final class Progress {

    private static final class Disk {
        private final LongAdder sent = new LongAdder();
        private volatile long total;
        private volatile long done;
    }

    private final Map<DiskId, Disk> disks = new ConcurrentHashMap<>();
    private final LongAdder sentInAll = new LongAdder();
    private final Tally points = new Tally();
    private final LongAdder notTaken = new LongAdder();
    private final LongAdder losses = new LongAdder();
    private volatile List<String> problems = List.of();
    private volatile @Nullable String unreadable;
    private volatile boolean refused;
    private volatile boolean initial;
    private volatile boolean comparing;

    /// Of points that were taken. Written by replication, read by any thread.
    private static final class Tally {
        private final LongAdder count = new LongAdder();
        private final LongAdder freezeMillis = new LongAdder();
        private final LongAdder stallMillis = new LongAdder();
        private final LongAccumulator longestFreezeMillis = new LongAccumulator(Math::max, 0);
        private final LongAccumulator longestStallMillis = new LongAccumulator(Math::max, 0);

        void add(ClosedGeneration.Point point) {
            count.increment();
            freezeMillis.add(point.freezeMillis());
            longestFreezeMillis.accumulate(point.freezeMillis());
            stallMillis.add(point.stallMillis());
            longestStallMillis.accumulate(point.stallMillis());
        }
    }

    void taken(ClosedGeneration.Point point) {
        points.add(point);
    }

    void notTaken() {
        notTaken.increment();
    }

    void trackingLost() {
        losses.increment();
    }

    /// What was counted since the program started.
    CaptureFigures figures(@Nullable MachineCapture capture, Spool spool) {
        OptionalLong tracked = capture == null ? OptionalLong.empty() : capture.trackedWrites();
        return new CaptureFigures(
                points.count.sum(),
                notTaken.sum(),
                points.freezeMillis.sum(),
                points.longestFreezeMillis.get(),
                points.stallMillis.sum(),
                points.longestStallMillis.get(),
                tracked.isPresent() ? (Long) tracked.getAsLong() : null,
                losses.sum(),
                sentInAll.sum(),
                spool.count(),
                spool.quotaBytes());
    }

    void sent(DiskId disk, long bytes) {
        of(disk).sent.add(bytes);
        sentInAll.add(bytes);
    }

    /// Initial replication or a comparison begins.
    void begin(DiskId disk, long totalBytes) {
        of(disk).done = 0;
        of(disk).total = totalBytes;
    }

    void done(DiskId disk, long bytes) {
        of(disk).done = bytes;
    }

    void initial(boolean yes) {
        initial = yes;
    }

    boolean initial() {
        return initial;
    }

    void comparing(boolean yes) {
        comparing = yes;
    }

    boolean comparing() {
        return comparing;
    }

    long total(DiskId disk) {
        return of(disk).total;
    }

    long done(DiskId disk) {
        return of(disk).done;
    }

    long sent(DiskId disk) {
        return of(disk).sent.sum();
    }

    long sentInAll() {
        return sentInAll.sum();
    }

    /// What keeps replication from going on; empty when it goes on.
    void problem(String text) {
        problems = List.of(text);
    }

    void noProblem() {
        problems = List.of();
        refused = false;
    }

    /// What was ordered cannot be done. That stays so, whatever becomes of the connection, until [#noProblem].
    void refused(String text) {
        problem(text);
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /// A disk cannot be read. That stays so, whatever becomes of the connection, until [#readable].
    void unreadable(String text) {
        unreadable = text;
    }

    /// What is to be sent can be read.
    void readable() {
        unreadable = null;
    }

    boolean isUnreadable() {
        return unreadable != null;
    }

    List<String> problems() {
        String disk = unreadable;
        List<String> others = problems;
        return disk == null || others.contains(disk)
                ? others
                : Stream.concat(Stream.of(disk), others.stream()).toList();
    }

    private Disk of(DiskId disk) {
        return disks.computeIfAbsent(disk, id -> new Disk());
    }
}
