package dev.breakwater.desktop.parts;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;

/// Calculates for one view away from the JavaFX thread, one calculation at a time; only the newest counts. What is
/// asked for while another runs waits, and is left out if something newer comes, so nothing piles up.
public final class Worker {

    private final ExecutorService thread;
    private final AtomicLong newest = new AtomicLong();

    /// A worker.
    ///
    /// @param name of its thread
    public Worker(String name) {
        thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
    }

    /// Calculates, and hands over the result on the JavaFX thread unless something newer was asked for meanwhile.
    public <T> void calculate(Supplier<T> calculation, Consumer<T> result) {
        long number = newest.incrementAndGet();
        thread.execute(() -> {
            if (number == newest.get()) {
                T value = calculation.get();
                Platform.runLater(() -> {
                    if (number == newest.get()) {
                        result.accept(value);
                    }
                });
            }
        });
    }
}
