package dev.breakwater.control.admin;

import dev.breakwater.control.Field;
import org.jspecify.annotations.Nullable;

/// Asks for the clean-up of a test failover, and says what it showed.
///
/// @param outcome absent if nobody says; then the probes alone decide
/// @param notes for people, at most [#MAX_NOTES] characters
public record CleanUpRequest(
        @Nullable TestOutcome outcome, @Nullable String notes) {

    /// A page of text; the machine list carries it.
    public static final int MAX_NOTES = 1000;

    /// Says nothing of what the test showed.
    public static final CleanUpRequest SAYING_NOTHING = new CleanUpRequest(null, null);

    public CleanUpRequest {
        if (notes != null) {
            Field.text(notes, "notes", MAX_NOTES);
        }
    }
}
