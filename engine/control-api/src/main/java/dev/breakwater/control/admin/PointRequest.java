package dev.breakwater.control.admin;

import dev.breakwater.model.PointType;
import org.jspecify.annotations.Nullable;

/// Asks for a recovery point now.
///
/// @param type what it shall promise; crash-consistent if absent
/// @param runFrozen a command to run on the machine while its file systems stand still
/// @param timeoutSeconds how long that may take; 60 s if absent
public record PointRequest(
        @Nullable PointType type,
        @Nullable String runFrozen,
        @Nullable Integer timeoutSeconds) {

    /// How long the command may take if nothing is said.
    public static final int DEFAULT_TIMEOUT_SECONDS = 60;

    /// Longest time that file systems may stand still for a command.
    public static final int MAX_TIMEOUT_SECONDS = 3600;

    private static final int MAX_COMMAND = 32_768;

    public PointRequest {
        if (runFrozen != null && runFrozen.length() > MAX_COMMAND) {
            throw new IllegalArgumentException("The command is longer than " + MAX_COMMAND + " characters.");
        }
        if (timeoutSeconds != null && (timeoutSeconds < 1 || timeoutSeconds > MAX_TIMEOUT_SECONDS)) {
            throw new IllegalArgumentException(
                    "The time-out lies between 1 and " + MAX_TIMEOUT_SECONDS + " seconds: " + timeoutSeconds);
        }
    }

    /// A crash-consistent point without a command.
    public static PointRequest plain() {
        return new PointRequest(null, null, null);
    }
}
