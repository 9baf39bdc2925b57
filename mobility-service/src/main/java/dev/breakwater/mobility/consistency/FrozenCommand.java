package dev.breakwater.mobility.consistency;

import java.io.IOException;
import java.time.Duration;

/// A shell command run while the file systems are frozen.
///
/// @param command for `/bin/sh -c`
/// @param timeout after which it is killed and the point is not taken
public record FrozenCommand(String command, Duration timeout) implements FrozenAction {

    @Override
    public String run() throws IOException, InterruptedException {
        ShellCommand.run(command, timeout);
        return "";
    }
}
