package dev.breakwater.launcher.engine;

import dev.breakwater.launcher.admin.ShowPassphrase;
import dev.breakwater.launcher.admin.ShowStatus;
import picocli.CommandLine.Command;

/// The group `engine`.
@Command(
        name = "engine",
        description = "Runs the engine and asks how it is.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunEngine.class, ShowStatus.class, ShowPassphrase.class})
public final class EngineCommands {

    /// For picocli.
    public EngineCommands() {}
}
