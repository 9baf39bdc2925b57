package dev.breakwater.launcher.vault;

import picocli.CommandLine.Command;

/// The group `vault`.
@Command(
        name = "vault",
        description = "Works on a vault directly, given its location and recovery key; needs no engine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CreateCommand.class,
            PointsCommand.class,
            CheckCommand.class,
            ExportCommand.class,
            RemoveCommand.class,
            RotateKeyCommand.class,
            SeedCommand.class,
            ServeCommand.class
        })
public final class VaultCommands {

    /// For picocli.
    public VaultCommands() {}
}
