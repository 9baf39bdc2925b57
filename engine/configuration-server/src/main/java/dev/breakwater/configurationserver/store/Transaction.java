package dev.breakwater.configurationserver.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Work in progress on the database: all of it happens, or nothing.
public final class Transaction {

    private final Handle handle;
    private final Instant now;
    private final Set<String> moved = new LinkedHashSet<>();
    private final List<Event> happened = new ArrayList<>();

    Transaction(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    /// When it began.
    public Instant now() {
        return now;
    }

    /// Wakes those who wait for the topic, once the work is on the disk.
    public void moves(String topic) {
        moved.add(topic);
    }

    /// The log hears of the event, once the work is on the disk.
    void tells(Event event) {
        happened.add(event);
    }

    Handle handle() {
        return handle;
    }

    Set<String> moved() {
        return moved;
    }

    List<Event> happened() {
        return happened;
    }

    static String json(Object value) {
        try {
            return ControlJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A value of ours cannot be written as JSON.", e);
        }
    }

    static <T> T value(String json, Class<T> type) {
        try {
            return ControlJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The database holds a " + type.getSimpleName() + " that this version cannot read.", e);
        }
    }
}
