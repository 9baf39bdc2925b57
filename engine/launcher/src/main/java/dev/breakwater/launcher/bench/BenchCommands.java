package dev.breakwater.launcher.bench;

import picocli.CommandLine.Command;

/// The group `bench`.
@Command(
        name = "bench",
        description = "Measures how fast it is.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ReplicationBench.class, DeltaBench.class, RecoveryBench.class, MachinesBench.class})
public final class BenchCommands {

    /// For picocli.
    public BenchCommands() {}
}
