package dev.breakwater.launcher.bench;

/// Bytes in a time.
///
/// @param bytes how many
/// @param seconds in how long
/// @param mbPerSecond millions of bytes per second
record Throughput(long bytes, double seconds, double mbPerSecond) {

    static Throughput of(long bytes, double seconds) {
        return new Throughput(bytes, seconds, seconds <= 0 ? 0 : bytes / 1e6 / seconds);
    }

    /// This and another, one after the other.
    Throughput and(Throughput another) {
        return of(bytes + another.bytes, seconds + another.seconds);
    }

    /// Measures a task.
    static Throughput timed(long bytes, Task task) throws Exception {
        long begun = System.nanoTime();
        task.run();
        return of(bytes, (System.nanoTime() - begun) / 1e9);
    }

    /// What is measured.
    interface Task {
        void run() throws Exception;
    }
}
