package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.engine.LocalEngine;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where set-up works.
///
/// @param engine the engine's folder on this computer, or the user's folder if the engine is elsewhere
/// @param server address of an engine elsewhere, as it was given; absent for this computer's
/// @param draft file that keeps the answers between two starts of the console
public record SetupPlace(LocalEngine engine, @Nullable String server, Path draft) {

    /// Whether there is no engine yet, so that set-up begins with the vault.
    public boolean firstRun() {
        return server == null && !engine.isKnown();
    }

    /// Whether this computer's engine was set up and does not run.
    public boolean isStopped() {
        return server == null && engine.isStopped();
    }

    /// What commands in a terminal need to find the same engine.
    String options() {
        String data = " --data " + CommandWords.quoted(engine.data().toString());
        return server == null ? data : data + " --server " + CommandWords.quoted(server);
    }
}
