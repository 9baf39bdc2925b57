package dev.breakwater.platform;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where threads come from and how they let time pass. Code that waits asks here, so that a simulation can run all
/// threads of a program in an order and in a time of its own. Locks, conditions and futures without a time-out need no
/// seam: a simulation sees a thread that parks.
public interface Threads {

    /// Makes daemon threads for work that goes on in the background for as long as the program runs.
    ///
    /// @param prefix of the threads' names; a number follows
    ThreadFactory background(String prefix);

    /// Starts a light thread for work that mostly waits.
    ///
    /// @param name for people
    Thread light(String name, Runnable work);

    /// Monotonic time, nanoseconds.
    long nanos();

    /// Lets time pass.
    ///
    /// @throws InterruptedException at once if the thread is or gets interrupted
    void sleep(Duration time) throws InterruptedException;

    /// Waits for a future.
    ///
    /// @throws ExecutionException if it fails
    /// @throws TimeoutException if it is not complete after that time; it may still complete later
    <T> T await(CompletableFuture<T> future, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException;

    /// The threads and the time of the Java platform.
    static Threads system() {
        return PlatformThreads.INSTANCE;
    }

    /// The threads and the time of the Java platform.
    enum PlatformThreads implements Threads {
        /// The only one.
        INSTANCE;

        @Override
        public ThreadFactory background(String prefix) {
            return Thread.ofPlatform().daemon().name(prefix, 1).factory();
        }

        @Override
        public Thread light(String name, Runnable work) {
            return Thread.ofVirtual().name(name).start(work);
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }

        @Override
        public <T> T await(CompletableFuture<T> future, Duration atMost)
                throws InterruptedException, ExecutionException, TimeoutException {
            return future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
