package dev.breakwater.launcher.engine;

import java.nio.file.Path;

/// What lies where in an engine's folder, as far as other commands look at it.
///
/// @param path the folder
public record EngineFolder(Path path) {

    /// Full log files that are kept beside the newest: 100 MiB in all, weeks of a usual site.
    static final int OLDER_LOGS = 9;

    /// Folder of the log.
    public Path logs() {
        return path.resolve("logs");
    }

    /// The newest log.
    public Path log() {
        return logs().resolve("engine.log");
    }
}
