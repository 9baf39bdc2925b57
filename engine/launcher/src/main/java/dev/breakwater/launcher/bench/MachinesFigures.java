package dev.breakwater.launcher.bench;

/// What `bench machines` measured. Times in seconds; each figure stands beside what is promised.
///
/// @param machines how many, each with three disks
/// @param slow how many of them have a bad line
/// @param cutOff how many of them lose their connection every 20 s
/// @param secondsBetweenPoints of each machine
/// @param steady with the usual churn
/// @param burst with six times as much
/// @param storm after the process server was ended and started again
/// @param peakMiB the most memory that the process server had resident
/// @param boundMiB what is promised
/// @param processorSeconds of the process server, in all
record MachinesFigures(
        int machines,
        int slow,
        int cutOff,
        long secondsBetweenPoints,
        Phase steady,
        Phase burst,
        Storm storm,
        double peakMiB,
        double boundMiB,
        double processorSeconds) {

    /// A time with a certain churn.
    ///
    /// @param seconds how long
    /// @param offeredMb changes of all machines that are not slow, MB/s
    /// @param takenMb what all machines sent in that time, MB/s
    /// @param healthyWorstLag the oldest change of a healthy machine that was not durable, ever
    /// @param bound what is promised of it
    /// @param starved healthy machines of which nothing became durable in that time
    record Phase(
            double seconds, double offeredMb, double takenMb, double healthyWorstLag, double bound, long starved) {}

    /// The return of all machines at once.
    ///
    /// @param machinesBack how many came back
    /// @param seconds from the start of the process server's program to the last one's WELCOME
    /// @param bound what is promised
    record Storm(long machinesBack, double seconds, double bound) {}
}
