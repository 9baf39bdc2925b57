package dev.breakwater.configurationserver.http;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.Event;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events as they happen (server-sent events), with a sign of life in between, until the listener goes.
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /// Listeners at a time; each holds a connection and a thread.
    private static final int MAX_LISTENERS = 100;

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    private static final int PAGE = 1000;

    private final Database database;
    private final Semaphore places = new Semaphore(MAX_LISTENERS);

    EventStream(Database database) {
        this.database = database;
    }

    void send(Context context, long after) throws InterruptedException {
        if (!places.tryAcquire()) {
            throw Refusal.unavailable(
                    "too-many-listeners", "The event stream was refused.", MAX_LISTENERS + " others listen already.");
        }
        try {
            context.res().setContentType("text/event-stream");
            context.res().setCharacterEncoding("UTF-8");
            context.res().setHeader("Cache-Control", "no-store");
            OutputStream out = context.res().getOutputStream();
            out.write(": connected\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            context.res().flushBuffer();
            long[] sent = {after};
            while (!database.topics().closed()) {
                List<Event> events = database.topics()
                        .await(
                                EventTable.TOPIC,
                                SIGN_OF_LIFE,
                                () -> database.read(tx -> EventTable.after(tx, null, sent[0], PAGE)),
                                list -> !list.isEmpty());
                StringBuilder text = new StringBuilder();
                for (Event event : events) {
                    text.append("id: ").append(event.number()).append("\ndata: ");
                    text.append(ControlJson.mapper().writeValueAsString(event)).append("\n\n");
                    sent[0] = event.number();
                }
                if (events.isEmpty()) {
                    text.append(": alive\n\n");
                }
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
                context.res().flushBuffer();
            }
        } catch (IOException e) {
            LOG.debug("A listener to events has gone: {}", e.getMessage());
        } finally {
            places.release();
        }
    }
}
