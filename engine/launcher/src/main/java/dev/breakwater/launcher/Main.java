package dev.breakwater.launcher;

import java.util.List;

/// Starts the command that the arguments name.
public final class Main {

    private Main() {}

    /// Runs one command and ends the process: 0 if it did what it was asked, 1 if it failed, 2 if it was not
    /// understood.
    public static void main(String[] arguments) {
        if (List.of(arguments).indexOf("run") == 1) {
            // Read by logback.xml; must be set before the first logger is made.
            System.setProperty("breakwater.log", "INFO");
        }
        System.exit(CommandTree.create().execute(arguments));
    }
}
