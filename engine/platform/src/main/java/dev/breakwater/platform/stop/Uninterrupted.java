package dev.breakwater.platform.stop;

import java.io.IOException;

/// Clean-up that a request to end must not cut short: what it leaves, nobody takes away later.
public final class Uninterrupted {

    private Uninterrupted() {}

    /// Part of a clean-up; it has a limit of its own.
    public interface CleanUp {
        /// Does it.
        void run() throws IOException, InterruptedException;
    }

    /// Does it although the thread was interrupted; it is so again afterwards. An interruption meanwhile still ends it.
    public static void run(CleanUp cleanUp) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            cleanUp.run();
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
