package dev.breakwater.recovery;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Where a test failover stands. The names are those of Azure Site Recovery's test failover axis, which is apart from
/// the machine's protection state: replication goes on whatever stands here.
public enum TestFailoverState {
    /// No test: none was run, or the last one has been cleaned up.
    NONE,
    /// Asked for; a point is being chosen and pinned, its disks opened.
    INITIATED,
    /// The machine is being started and asked for signs of life.
    COMPLETING,
    /// The machine runs and gave every sign of life it was asked for. Waits for clean-up.
    COMPLETED,
    /// The machine could not be started, or gave no sign of life. Waits for clean-up.
    FAILED,
    /// What the test made is being removed.
    CLEANUP_INITIATED,
    /// Something of the test could not be removed; clean-up may be asked for again.
    CLEANUP_FAILED;

    private static final Map<TestFailoverState, Set<TestFailoverState>> NEXT = table();

    private static Map<TestFailoverState, Set<TestFailoverState>> table() {
        Map<TestFailoverState, Set<TestFailoverState>> next = new EnumMap<>(TestFailoverState.class);
        next.put(NONE, EnumSet.of(INITIATED));
        next.put(INITIATED, EnumSet.of(COMPLETING, FAILED, CLEANUP_INITIATED));
        next.put(COMPLETING, EnumSet.of(COMPLETED, FAILED, CLEANUP_INITIATED));
        next.put(COMPLETED, EnumSet.of(CLEANUP_INITIATED, FAILED));
        next.put(FAILED, EnumSet.of(CLEANUP_INITIATED));
        next.put(CLEANUP_INITIATED, EnumSet.of(NONE, CLEANUP_FAILED));
        next.put(CLEANUP_FAILED, EnumSet.of(CLEANUP_INITIATED));
        return next;
    }

    /// Whether a flow may go from this state to the other.
    public boolean mayBecome(TestFailoverState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
