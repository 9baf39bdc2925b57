package dev.breakwater.processserver.machine;

import dev.breakwater.control.processserver.ProcessServerHealth.MachineTraffic;
import dev.breakwater.model.MachineId;
import java.util.concurrent.atomic.LongAdder;

/// What one machine has sent to this process server since it started, in bytes of its disks. Written by the session
/// that works, read by anybody.
final class Traffic {

    private final LongAdder received = new LongAdder();
    private final LongAdder settled = new LongAdder();
    private final LongAdder points = new LongAdder();
    private volatile long credit;
    private volatile boolean heldBack;

    void received(long bytes) {
        received.add(bytes);
    }

    /// Bytes are durable, or given up with their generation.
    void settled(long bytes) {
        settled.add(bytes);
    }

    void durablePoint() {
        points.increment();
    }

    void credit(long bytes, boolean held) {
        credit = bytes;
        heldBack = held;
    }

    long receivedBytes() {
        return received.sum();
    }

    MachineTraffic figures(MachineId machine, boolean connected, long bytesPerSecond) {
        long done = settled.sum();
        long all = received.sum();
        return new MachineTraffic(
                machine,
                connected,
                all,
                bytesPerSecond,
                Math.max(0, all - done),
                connected ? credit : 0,
                points.sum(),
                connected && heldBack);
    }
}
