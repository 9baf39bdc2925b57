package dev.breakwater.launcher.terminal;

import java.io.Console;
import java.util.Optional;

/// Whether a person looks at what is printed.
public final class Screen {

    private Screen() {}

    /// Whether input and output are a terminal, so that lines may be redrawn.
    public static boolean interactive() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
