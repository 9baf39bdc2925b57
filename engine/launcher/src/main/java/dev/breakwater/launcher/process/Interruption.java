package dev.breakwater.launcher.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// While this is open, the request to end the process (Ctrl-C, SIGTERM) interrupts the thread that made it, and the
/// process waits until that thread has closed what it had open. So a command that is stopped leaves as little behind
/// as one that failed. Made first in a command, closed last.
///
/// [StopSignals] is for programs that run until they are stopped.
public final class Interruption implements AutoCloseable {

    /// Clean-up that takes longer is stuck; the slowest is a virtual machine that is shut down.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch done = new CountDownLatch(1);

    /// Interrupts this thread from now on.
    public Interruption() {
        Thread worker = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("interruption").unstarted(() -> {
                    if (done.getCount() == 0) {
                        return;
                    }
                    worker.interrupt();
                    try {
                        var _ = done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }

    @Override
    public void close() {
        done.countDown();
    }
}
