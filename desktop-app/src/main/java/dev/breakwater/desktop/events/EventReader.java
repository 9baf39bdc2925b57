package dev.breakwater.desktop.events;

import dev.breakwater.control.admin.Event;
import dev.breakwater.desktop.estate.EngineWords;
import dev.breakwater.desktop.shell.PageContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads events in pages, newest first, and keeps what it has read. Used on the JavaFX thread.
final class EventReader {

    /// The number of an engine's first event.
    private static final long FIRST = 1;

    private final PageContext context;
    private final @Nullable String machine;
    private final Runnable changed;
    private final EngineWords words;
    private List<Told> events = List.of();
    private boolean asking;
    private boolean begun;
    private boolean heard;
    private boolean complete;
    private String refusal = "";

    /// A reader that has read nothing yet.
    ///
    /// @param machine only events about it; all if absent
    /// @param changed is told when more has been read
    EventReader(PageContext context, @Nullable String machine, Runnable changed) {
        this.context = context;
        words = new EngineWords(context.units());
        this.machine = machine;
        this.changed = changed;
    }

    /// What has been read, newest first.
    List<Told> events() {
        return events;
    }

    /// Whether the engine has answered.
    boolean heard() {
        return heard;
    }

    /// Whether there are no older ones.
    boolean complete() {
        return complete;
    }

    /// Whether as many are held as there may be.
    boolean full() {
        return events.size() >= EventsModel.MOST;
    }

    /// Reads the newest at first, later those that came since.
    ///
    /// @param live whether to look for newer ones
    void read(boolean live) {
        if (!begun) {
            begun = true;
            readOlder();
        } else if (live) {
            readNewer();
        }
    }

    void readNewer() {
        if (!asking && heard) {
            asking = true;
            context.ask(new NewerEvents(machine, EventsModel.last(events)), this::newer, this::refused);
        }
    }

    private void newer(List<Event> told) {
        asking = false;
        refusal = "";
        if (!told.isEmpty()) {
            events = EventsModel.withNewer(events, worded(told));
            changed.run();
        }
    }

    void readOlder() {
        if (!asking) {
            asking = true;
            long before =
                    events.isEmpty() ? Long.MAX_VALUE : events.getLast().event().number();
            context.ask(new OlderEvents(machine, before, EventsModel.PAGE), this::older, this::refused);
        }
    }

    private void older(List<Event> told) {
        asking = false;
        heard = true;
        refusal = "";
        complete = told.isEmpty() || told.getLast().number() == FIRST;
        events = EventsModel.withOlder(events, worded(told));
        changed.run();
        // A page is short at the end of all events, and where an answer holds no more.
        if (!complete && !full() && told.size() < EventsModel.PAGE) {
            readOlder();
        }
    }

    private List<Told> worded(List<Event> told) {
        return told.stream().map(event -> Told.of(event, words)).toList();
    }

    private void refused(String problem) {
        asking = false;
        begun = heard;
        // It is asked again with each snapshot; the same answer need not be read each time.
        if (!problem.equals(refusal)) {
            refusal = problem;
            context.navigator().toast(problem);
        }
    }
}
