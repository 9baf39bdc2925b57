package dev.breakwater.launcher;

import dev.breakwater.platform.log.ProgramLog;

/// Starts the command that the arguments name.
public final class Main {

    private Main() {}

    /// Runs one command and ends the process: 0 if it did what it was asked, 1 if it failed, 2 if it was not
    /// understood.
    public static void main(String[] arguments) {
        ProgramLog.ofCommand();
        System.exit(CommandTree.create(arguments).execute(arguments));
    }
}
