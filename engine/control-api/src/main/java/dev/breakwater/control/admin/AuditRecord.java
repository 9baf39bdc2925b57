package dev.breakwater.control.admin;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody ordered, or what became of it. An order has two records with one request: the first is written
/// before anything is done, the second says how it ended. A first one alone means that the server died in between.
///
/// @param number counts from 1 without a gap
/// @param time by the server's clock
/// @param who name and identity of the caller, or `anybody`
/// @param role of the caller
/// @param from address of the caller
/// @param what method and path
/// @param request the same in both records of an order, and in the answer's header `X-Request-Id`
/// @param outcome what became of it
/// @param detail the job that was begun, the reason of a refusal, or whom it concerned
public record AuditRecord(
        long number,
        Instant time,
        String who,
        String role,
        String from,
        String what,
        UUID request,
        Outcome outcome,
        @Nullable String detail) {

    /// What became of an order.
    public enum Outcome {
        /// It is about to be carried out.
        ASKED,
        /// It was carried out, or a job was begun for it.
        DONE,
        /// It was not, and nothing was changed.
        REFUSED,
        /// The server failed over it; what it should change was not changed.
        FAILED
    }
}
