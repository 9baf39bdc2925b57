package dev.breakwater.launcher.process;

import java.util.concurrent.CountDownLatch;

/// Lets a program that was asked to end (Ctrl-C, SIGTERM) close what is open before the JVM halts. To be opened first,
/// so that it is closed last.
public final class OrderlyStop implements AutoCloseable {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    /// Listens for the end from now on.
    public OrderlyStop() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            asked.countDown();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /// Waits until the program is asked to end.
    public void await() throws InterruptedException {
        asked.await();
    }

    /// Everything is closed: the JVM may halt.
    @Override
    public void close() {
        done.countDown();
    }
}
