package dev.breakwater.launcher.bench;

/// What `bench replication` measured.
///
/// @param image the disk
/// @param source how it was attached and tracked
/// @param initialReplication the first copy, from the order to the first recovery point
/// @param emptyPointSeconds from the order of a recovery point to its durability when nothing has changed
/// @param readBack the newest point read from the vault by one thread, every byte compared with the image
/// @param exact whether it was the same
/// @param vaultBytes what the vault takes
/// @param ratio size of the disk divided by that
/// @param cpuSeconds processor time of the two programs during the first copy
/// @param processors processors of this computer
/// @param java version of the JVM
record ReplicationFigures(
        String image,
        String source,
        Throughput initialReplication,
        double emptyPointSeconds,
        Throughput readBack,
        boolean exact,
        long vaultBytes,
        double ratio,
        CpuSeconds cpuSeconds,
        int processors,
        String java) {

    /// Bytes in a time.
    ///
    /// @param mbPerSecond millions of bytes per second
    record Throughput(long bytes, double seconds, double mbPerSecond) {

        static Throughput of(long bytes, double seconds) {
            return new Throughput(bytes, seconds, seconds <= 0 ? 0 : bytes / 1e6 / seconds);
        }
    }

    /// Processor time.
    record CpuSeconds(double engine, double mobilityService) {}
}
