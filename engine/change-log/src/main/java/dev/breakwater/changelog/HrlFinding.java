package dev.breakwater.changelog;

import java.nio.file.Path;

/// Something that a check found.
///
/// @param file the log
/// @param severity how bad it is
/// @param what the finding, a sentence for people
public record HrlFinding(Path file, Severity severity, String what) {

    /// How bad a finding is.
    public enum Severity {
        /// Worth knowing; the log can be used.
        NOTE,
        /// The log can be used after a repair, or in part.
        WARNING,
        /// The log cannot be used.
        ERROR
    }
}
