package dev.breakwater.configurationserver.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.control.ControlJson;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Work in progress on the database: all of it happens, or nothing.
public final class Transaction {

    private final Handle handle;
    private final Instant now;
    private final Set<String> moved = new LinkedHashSet<>();

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

    Handle handle() {
        return handle;
    }

    Set<String> moved() {
        return moved;
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
