package dev.breakwater.launcher.admin;

import picocli.CommandLine.Option;

/// Which machine a command is about.
final class MachineOption {

    @Option(names = "--machine", required = true, paramLabel = "M", description = "Name or id of the machine.")
    private String reference = "";

    /// Name or identity, as it was given.
    String reference() {
        return reference;
    }

    @Override
    public String toString() {
        return reference;
    }
}
