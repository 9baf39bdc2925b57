package dev.breakwater.configurationserver.store;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Wakes those who wait for a change of something. A topic is a plain name, for example `machine:ID`.
public final class Topics {

    private final Map<String, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// Reads a value, and again whenever the topic moves, until it is good or time is up.
    ///
    /// @param read the value now
    /// @param good whether to stop waiting
    /// @return the last value read
    public <T> T await(String topic, Duration atMost, Supplier<T> read, Predicate<T> good) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            CountDownLatch latch = new CountDownLatch(1);
            waiting.compute(topic, (name, latches) -> {
                Set<CountDownLatch> present = latches == null ? ConcurrentHashMap.newKeySet() : latches;
                present.add(latch);
                return present;
            });
            try {
                T value = read.get();
                long left = deadline - System.nanoTime();
                if (good.test(value) || left <= 0 || closed || !latch.await(left, TimeUnit.NANOSECONDS) || closed) {
                    return value;
                }
            } finally {
                waiting.computeIfPresent(topic, (name, latches) -> {
                    latches.remove(latch);
                    return latches.isEmpty() ? null : latches;
                });
            }
        }
    }

    /// The topic has moved.
    public void moved(String topic) {
        Set<CountDownLatch> latches = waiting.get(topic);
        if (latches != null) {
            latches.forEach(CountDownLatch::countDown);
        }
    }

    /// Wakes everybody for good.
    public void close() {
        closed = true;
        waiting.values().forEach(latches -> latches.forEach(CountDownLatch::countDown));
    }

    /// Whether nobody shall wait any more.
    public boolean closed() {
        return closed;
    }
}
