package dev.breakwater.launcher.hrl;

import picocli.CommandLine.Command;

/// The group `hrl`.
@Command(
        name = "hrl",
        description = "Checks, shows and applies change logs (.hrl).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CheckLog.class, DumpLog.class, ApplyLog.class})
public final class HrlCommands {

    /// For picocli.
    public HrlCommands() {}
}
