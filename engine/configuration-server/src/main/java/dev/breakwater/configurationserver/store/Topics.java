package dev.breakwater.configurationserver.store;

import dev.breakwater.platform.Threads;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Wakes those who wait for a change of something. A topic is a plain name, for example `machine:ID`.
public final class Topics {

    private static final class Waiter {
        private final CompletableFuture<Boolean> moved = new CompletableFuture<>();
    }

    private final Map<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private final Threads threads;
    private volatile boolean closed;

    /// @param threads lets the time pass in which nothing moves
    public Topics(Threads threads) {
        this.threads = threads;
    }

    /// Reads a value, and again whenever the topic moves, until it is good or time is up.
    ///
    /// @param read the value now
    /// @param good whether to stop waiting
    /// @return the last value read
    public <T> T await(String topic, Duration atMost, Supplier<T> read, Predicate<T> good) throws InterruptedException {
        long deadline = threads.nanos() + atMost.toNanos();
        while (true) {
            Waiter waiter = new Waiter();
            waiting.compute(topic, (name, waiters) -> {
                Set<Waiter> present = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
                present.add(waiter);
                return present;
            });
            try {
                T value = read.get();
                long left = deadline - threads.nanos();
                if (good.test(value) || left <= 0 || closed || !moves(waiter.moved, left) || closed) {
                    return value;
                }
            } finally {
                waiting.computeIfPresent(topic, (name, waiters) -> {
                    waiters.remove(waiter);
                    return waiters.isEmpty() ? null : waiters;
                });
            }
        }
    }

    private boolean moves(CompletableFuture<Boolean> topic, long nanos) throws InterruptedException {
        try {
            return threads.await(topic, Duration.ofNanos(nanos));
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a topic cannot fail", e);
        }
    }

    /// The topic has moved.
    public void moved(String topic) {
        Set<Waiter> waiters = waiting.get(topic);
        if (waiters != null) {
            waiters.forEach(woken -> woken.moved.complete(true));
        }
    }

    /// Wakes everybody for good.
    public void close() {
        closed = true;
        waiting.values().forEach(waiters -> waiters.forEach(woken -> woken.moved.complete(true)));
    }

    /// Whether nobody shall wait any more.
    public boolean closed() {
        return closed;
    }
}
