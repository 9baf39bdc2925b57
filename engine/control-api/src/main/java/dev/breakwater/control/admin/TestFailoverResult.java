package dev.breakwater.control.admin;

import dev.breakwater.model.PointId;
import org.jspecify.annotations.Nullable;

/// What a test failover showed.
///
/// @param point the point that the machine was started from
/// @param booted whether it came up
/// @param bootSeconds from power-on to the first sign that it is up; null if it did not come up
/// @param rtoSeconds from the order to the answer of the last probe; null if it did not come up
/// @param probe what the probes found
/// @param accelerator `kvm` or `tcg`
/// @param screenshot file with a picture of its screen, on the engine's computer
/// @param serialLog file with its serial console, on the engine's computer
public record TestFailoverResult(
        PointId point,
        boolean booted,
        @Nullable Double bootSeconds,
        @Nullable Double rtoSeconds,
        @Nullable Probe probe,
        @Nullable String accelerator,
        @Nullable String screenshot,
        @Nullable String serialLog) {

    /// What a probe found.
    ///
    /// @param kind `http` or `serial`
    /// @param passed whether it found what it looked for
    /// @param detail status line, or why not
    /// @param content the beginning of what was answered
    public record Probe(
            String kind,
            boolean passed,
            @Nullable String detail,
            @Nullable String content) {}
}
