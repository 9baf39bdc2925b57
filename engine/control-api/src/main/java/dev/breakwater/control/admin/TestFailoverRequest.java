package dev.breakwater.control.admin;

import dev.breakwater.control.Field;
import org.jspecify.annotations.Nullable;

/// Asks for a test failover: the machine is started from a recovery point in an isolated network.
///
/// @param point identity of the point, or `latest`
/// @param probeHttp what must answer over HTTP, as `PORT:PATH`
/// @param probeSerial a text that must appear on the serial console
/// @param timeoutSeconds how long the machine may take to come up; 300 s if absent
public record TestFailoverRequest(
        String point,
        @Nullable String probeHttp,
        @Nullable String probeSerial,
        @Nullable Integer timeoutSeconds) {

    /// The newest point.
    public static final String LATEST = "latest";

    /// How long a machine may take to come up if nothing is said; software emulation takes minutes.
    public static final int DEFAULT_TIMEOUT_SECONDS = 300;

    private static final int MAX_TIMEOUT_SECONDS = 7200;

    public TestFailoverRequest {
        Field.text(point, "point", 64);
        if (probeHttp != null && !probeHttp.matches("[0-9]{1,5}:/.{0,2000}")) {
            throw new IllegalArgumentException("An HTTP probe has the form PORT:PATH, for example 8080:/index.html.");
        }
        if (probeSerial != null && probeSerial.length() > 4096) {
            throw new IllegalArgumentException("The text to look for on the serial console is too long.");
        }
        if (timeoutSeconds != null && (timeoutSeconds < 1 || timeoutSeconds > MAX_TIMEOUT_SECONDS)) {
            throw new IllegalArgumentException(
                    "The time-out lies between 1 and " + MAX_TIMEOUT_SECONDS + " seconds: " + timeoutSeconds);
        }
    }
}
