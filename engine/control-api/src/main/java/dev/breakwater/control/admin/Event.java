package dev.breakwater.control.admin;

import dev.breakwater.model.MachineId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened.
///
/// @param number grows by one per event
/// @param time when
/// @param severity how bad
/// @param kind stable word, for example `point-durable`
/// @param machine whom it is about
/// @param job the job it belongs to
/// @param text for people
public record Event(
        long number,
        Instant time,
        Health severity,
        String kind,
        @Nullable MachineId machine,
        @Nullable UUID job,
        String text) {}
