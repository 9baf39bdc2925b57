package dev.breakwater.recovery;

import dev.breakwater.site.SiteException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A flow on its way: knows its state, refuses transitions that the table does not have, and records every step before
/// and after. Used by one thread at a time.
final class Flow {

    private final UUID id;
    private final FlowJournal journal;
    private final InstantSource clock;
    private final FlowListener listener;
    private TestFailoverState state;
    private int nextNumber;

    private Flow(
            UUID id,
            FlowJournal journal,
            InstantSource clock,
            FlowListener listener,
            TestFailoverState state,
            int nextNumber) {
        this.id = id;
        this.journal = journal;
        this.clock = clock;
        this.listener = listener;
        this.state = state;
        this.nextNumber = nextNumber;
    }

    /// A flow that stands where its journal says; at [TestFailoverState#NONE] if it has no line.
    static Flow standing(UUID id, FlowJournal journal, InstantSource clock, FlowListener listener)
            throws RecoveryException {
        try {
            List<FlowEntry> entries = journal.entries(id);
            return entries.isEmpty()
                    ? new Flow(id, journal, clock, listener, TestFailoverState.NONE, 0)
                    : new Flow(
                            id,
                            journal,
                            clock,
                            listener,
                            entries.getLast().state(),
                            entries.getLast().number() + 1);
        } catch (IOException e) {
            throw journalFailed("read", e);
        }
    }

    TestFailoverState state() {
        return state;
    }

    /// What a step does.
    @FunctionalInterface
    interface Body {
        /// Does it, or finds it done.
        ///
        /// @return what a later engine needs to know
        Map<String, String> run() throws IOException, SiteException, InterruptedException;
    }

    /// Records that a step begins, does it, records that it is done.
    ///
    /// @throws RecoveryException if it failed, with the cause; the journal then says so
    void step(FlowStep step, Map<String, String> known, Body body) throws RecoveryException, InterruptedException {
        append(step.word(), FlowEntry.Phase.BEGUN, known, step.text());
        Map<String, String> details;
        try {
            details = body.run();
        } catch (IOException | SiteException e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            append(step.word(), FlowEntry.Phase.FAILED, Map.of("cause", message), step.text() + ": failed");
            throw new RecoveryException(message, e);
        }
        append(step.word(), FlowEntry.Phase.DONE, details, step.text() + ": done");
    }

    /// Goes to another state.
    ///
    /// @throws IllegalStateException if the table has no such transition
    void become(TestFailoverState next, Map<String, String> details) throws RecoveryException {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("test failover " + id + " cannot go from " + state + " to " + next);
        }
        state = next;
        append("state", FlowEntry.Phase.DONE, details, "test failover is " + next);
    }

    /// Drops the journal of a flow that is over.
    void forget() throws RecoveryException {
        try {
            journal.forget(id);
        } catch (IOException e) {
            throw journalFailed("cleared", e);
        }
    }

    private void append(String step, FlowEntry.Phase phase, Map<String, String> details, String text)
            throws RecoveryException {
        FlowEntry entry = new FlowEntry(id, nextNumber, clock.instant(), step, phase, state, details);
        try {
            journal.append(entry);
        } catch (IOException e) {
            throw journalFailed("written", e);
        }
        nextNumber++;
        listener.step(entry, text);
    }

    private static RecoveryException journalFailed(String verb, IOException e) {
        return new RecoveryException(
                "The journal of the test failover could not be " + verb + ", so it was stopped: " + e.getMessage()
                        + ". Look at the space and the rights of the engine's data folder, then clean up and try"
                        + " again.",
                e);
    }
}
