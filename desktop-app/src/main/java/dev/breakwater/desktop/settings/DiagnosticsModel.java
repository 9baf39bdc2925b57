package dev.breakwater.desktop.settings;

import java.util.Map;
import java.util.TreeMap;

/// What a diagnostics bundle holds.
///
/// @param entries how many there are
/// @param missing what could not be had, and why
record DiagnosticsModel(int entries, Map<String, String> missing) {

    /// An entry that is there tells its size.
    private static final String SIZE = "[0-9]+ bytes";

    /// @param contents each entry with its size, or why it could not be had
    static DiagnosticsModel of(Map<String, String> contents) {
        Map<String, String> missing = new TreeMap<>(contents);
        missing.values().removeIf(told -> told.matches(SIZE));
        return new DiagnosticsModel(contents.size() - missing.size(), missing);
    }
}
