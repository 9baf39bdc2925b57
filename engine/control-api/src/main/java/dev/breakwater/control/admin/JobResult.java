package dev.breakwater.control.admin;

import dev.breakwater.model.RecoveryPoint;
import org.jspecify.annotations.Nullable;

/// What came out of a job; which parts are there depends on its kind.
///
/// @param point the recovery point that was made, or that a test failover used
/// @param initialReplication the first copy
/// @param testFailover the test machine
/// @param verdict what a person said of the test at its clean-up; absent before and if nobody did
public record JobResult(
        @Nullable RecoveryPoint point,
        @Nullable InitialReplication initialReplication,
        @Nullable TestFailoverResult testFailover,
        @Nullable CleanUpRequest verdict) {

    /// Nothing yet.
    public static final JobResult EMPTY = new JobResult(null, null, null, null);

    /// The same with a point.
    public JobResult withPoint(RecoveryPoint made) {
        return new JobResult(made, initialReplication, testFailover, verdict);
    }

    /// The same with the first copy.
    public JobResult withInitialReplication(InitialReplication copied) {
        return new JobResult(point, copied, testFailover, verdict);
    }

    /// The same with a test machine.
    public JobResult withTestFailover(TestFailoverResult tested) {
        return new JobResult(point, initialReplication, tested, verdict);
    }

    /// The same with what a person said of the test.
    public JobResult withVerdict(CleanUpRequest said) {
        return new JobResult(point, initialReplication, testFailover, said);
    }

    /// The first copy of a machine.
    ///
    /// @param bytes bytes of all its disks that had to be looked at
    /// @param seconds from the order to the end of copying
    /// @param mbPerSecond the quotient, in units of 10^6 bytes
    public record InitialReplication(long bytes, double seconds, double mbPerSecond) {

        /// The quotient worked out.
        public static InitialReplication of(long bytes, double seconds) {
            return new InitialReplication(bytes, seconds, seconds <= 0 ? 0 : bytes / 1e6 / seconds);
        }
    }
}
