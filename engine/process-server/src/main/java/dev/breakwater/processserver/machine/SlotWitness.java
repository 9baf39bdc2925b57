package dev.breakwater.processserver.machine;

import java.util.OptionalLong;

/// Remembers how far a machine's log must reach, across the machine's connections: what this process server made
/// durable or saw there, and what the configuration server was told. Safe for several threads.
final class SlotWitness {

    private long seen;
    private long forgiven;

    /// A slot has become durable.
    synchronized void durable(long slot) {
        seen = Math.max(seen, slot);
    }

    /// Holds a log that was just opened against what is known. Each loss is told once.
    ///
    /// @param newest the log's newest slot, 0 if it has none
    /// @param assigned newest slot that the configuration server knew before the log was opened
    /// @return the slot that was known, if the log does not reach it
    synchronized OptionalLong missing(long newest, long assigned) {
        long known = Math.max(seen, assigned > forgiven ? assigned : 0);
        seen = newest;
        if (newest >= known) {
            return OptionalLong.empty();
        }
        forgiven = Math.max(forgiven, known);
        return OptionalLong.of(known);
    }
}
