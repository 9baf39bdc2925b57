package dev.breakwater.mobility.replication;

import dev.breakwater.model.DiskId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Figures for the reports. Written by replication, read by any thread.
final class Progress {

    private static final class Disk {
        private final LongAdder sent = new LongAdder();
        private volatile long total;
        private volatile long done;
    }

    private final Map<DiskId, Disk> disks = new ConcurrentHashMap<>();
    private final LongAdder sentInAll = new LongAdder();
    private volatile List<String> problems = List.of();
    private volatile boolean initial;
    private volatile boolean comparing;

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
    }

    List<String> problems() {
        return problems;
    }

    private Disk of(DiskId disk) {
        return disks.computeIfAbsent(disk, id -> new Disk());
    }
}
