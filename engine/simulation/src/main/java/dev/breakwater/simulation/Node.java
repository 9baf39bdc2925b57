package dev.breakwater.simulation;

import dev.breakwater.platform.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// One run of a program on one computer: its threads, and whether it lives. A killed program's threads are never run
/// again, wherever they were; that is `kill -9`.
final class Node implements Threads {

    /// When everything begins, by a right clock.
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Scheduler scheduler;
    private final String name;
    private final Computer computer;
    private final List<Runnable> whenDead = new ArrayList<>();
    private boolean alive = true;

    /// A computer, whose clock may be wrong and outlives programs.
    static final class Computer {
        private long skewNanos;
        private final Map<Path, byte[]> unforced = new TreeMap<>();

        /// What its disk has of files that were not forced entirely.
        Map<Path, byte[]> unforced() {
            return unforced;
        }

        /// Sets the clock forward or back.
        void jump(Duration by) {
            skewNanos += by.toNanos();
        }

        /// Sets the clock right.
        void setRight() {
            skewNanos = 0;
        }
    }

    Node(Scheduler scheduler, String name, Computer computer) {
        this.scheduler = scheduler;
        this.name = name;
        this.computer = computer;
    }

    String name() {
        return name;
    }

    boolean alive() {
        return alive;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /// Calls something once the program is dead, outside of all threads.
    void whenDead(Runnable action) {
        whenDead.add(action);
    }

    /// Ends the program at once. If one of its own threads calls, this does not return.
    void kill() {
        if (!alive) {
            return;
        }
        alive = false;
        scheduler.trace().tell(scheduler.nanos(), name + " is dead");
        List<Runnable> actions = List.copyOf(whenDead);
        scheduler.at(scheduler.nanos(), () -> actions.forEach(Runnable::run));
        if (Thread.currentThread().getName().startsWith(name + "/")) {
            while (true) {
                LockSupport.park();
            }
        }
    }

    /// The computer's time of day.
    InstantSource clock() {
        return () -> BEGIN.plusNanos(scheduler.nanos() + computer.skewNanos);
    }

    @Override
    public ThreadFactory background(String prefix) {
        return work -> scheduler.thread(this, prefix, work);
    }

    @Override
    public Thread light(String threadName, Runnable work) {
        Thread thread = scheduler.thread(this, threadName + "-", work);
        thread.start();
        return thread;
    }

    @Override
    public long nanos() {
        return scheduler.nanos();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        try {
            timer(time).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a timer cannot fail", e);
        }
    }

    private CompletableFuture<Object> timer(Duration time) {
        CompletableFuture<Object> over = new CompletableFuture<>();
        scheduler.at(scheduler.nanos() + time.toNanos(), () -> over.complete(this));
        return over;
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!future.isDone()) {
            try {
                CompletableFuture.anyOf(future, timer(atMost)).get();
            } catch (ExecutionException e) {
                // The future's own, which is thrown below.
            }
        }
        if (!future.isDone()) {
            throw new TimeoutException("not within " + atMost);
        }
        return future.get();
    }
}
