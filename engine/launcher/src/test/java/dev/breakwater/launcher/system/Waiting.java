package dev.breakwater.launcher.system;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for something that another process does, with a deadline.
final class Waiting {

    private static final long POLL_MILLIS = 100;

    private Waiting() {}

    static void until(String what, Duration limit, BooleanSupplier condition, Supplier<String> context) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Waited " + limit + " in vain until " + what + ". " + context.get());
            }
            pause();
        }
    }

    /// Before somebody looks again.
    static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
