package dev.breakwater.desktop.door;

import dev.breakwater.control.admin.AdminClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The one way to the engine. Safe for several threads.
public interface Door extends AutoCloseable {

    /// What was heard last.
    Snapshot now();

    /// Hands over each new snapshot, beginning with the present one. The listener is called by one thread at a time
    /// and must come back at once.
    ///
    /// @return ends it
    Subscription listen(Consumer<Snapshot> listener);

    /// Puts a question or an order to the engine, on a thread of its own. After an answer the figures are fetched anew.
    ///
    /// A refusal or a lost connection completes the future with the `IOException` whose message says what to do.
    /// An order that was not answered may have been heard.
    <T> CompletableFuture<T> ask(Question<T> question);

    /// Fetches the figures now instead of at the next turn.
    void refresh();

    /// Stops asking while nobody looks, and goes on at once when somebody does.
    void pause(boolean paused);

    /// Closes the connection. The engine goes on.
    @Override
    void close();

    /// A question or an order.
    ///
    /// @param <T> the answer
    @FunctionalInterface
    interface Question<T> {
        /// Puts it.
        T put(AdminClient engine) throws IOException, InterruptedException;
    }

    /// Something that goes on until it is ended.
    @FunctionalInterface
    interface Subscription {
        /// Ends it; a repeat is harmless.
        void end();
    }
}
