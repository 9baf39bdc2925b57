package dev.breakwater.mobility.replication;

import java.util.function.LongSupplier;

/// Keeps the reading of a comparison within a bound, so that the machine's own work keeps its disks.
@FunctionalInterface
public interface ReadPace {

    /// As fast as the disks allow.
    ReadPace UNBOUNDED = bytes -> {};

    /// Called after each read; lets time pass if reading is ahead of the bound.
    ///
    /// @param bytes that were read
    /// @throws InterruptedException if the thread is interrupted while it waits
    void read(long bytes) throws InterruptedException;

    /// Lets time pass.
    @FunctionalInterface
    interface Sleep {
        /// Waits that long.
        ///
        /// @throws InterruptedException if the thread is interrupted
        void nanos(long nanos) throws InterruptedException;
    }

    /// At most so many bytes a second, evened out over a quarter of a second. Not for several threads.
    ///
    /// @param bytesPerSecond above 0
    /// @param nanos monotonic time
    static ReadPace atMost(long bytesPerSecond, LongSupplier nanos, Sleep sleep) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("A rate must be above 0: " + bytesPerSecond);
        }
        // Time that was not used is not saved up beyond this; shorter sleeps are not exact.
        long burst = 250_000_000;
        long shortest = 2_000_000;
        return new ReadPace() {
            private long due = nanos.getAsLong();

            @Override
            public void read(long bytes) throws InterruptedException {
                long now = nanos.getAsLong();
                due = Math.max(due, now - burst) + (long) (bytes * 1e9 / bytesPerSecond);
                if (due - now > shortest) {
                    sleep.nanos(due - now);
                }
            }
        };
    }
}
