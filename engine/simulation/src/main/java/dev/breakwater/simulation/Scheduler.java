package dev.breakwater.simulation;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs all simulated threads on the caller's thread, one at a time, in an order that the seed draws, and
/// lets simulated time pass when none of them can run.
///
/// Simulated threads are virtual threads whose scheduler is this class: production code blocks as it always
/// does (locks, conditions, futures), and whenever a thread parks, the seed says who goes on. Time passes for
/// nobody else: a program computes in no time, and waits as long as the clock of the simulation says.
final class Scheduler {

    /// Steps of threads in one run; far more than any run needs that makes progress.
    private static final long MAX_STEPS = 3_000_000;

    private static final Constructor<?> BUILDER = builder();

    private final Random random;
    private final TreeMap<Long, Ready> ready = new TreeMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Trace trace = new Trace();
    private final Thread owner = Thread.currentThread();
    private long nanos = 1_000_000_000L;
    private long nextThread;
    private long nextTimer;
    private long steps;
    private boolean switching;

    private record Ready(Node node, String name, Runnable task) {}

    private record Timer(long at, long number, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    Scheduler(Random random) {
        this.random = random;
    }

    private static Constructor<?> builder() {
        try {
            Constructor<?> found = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            found.setAccessible(true);
            return found;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "This Java lets nobody schedule virtual threads; the simulation was written for JDK 25.", e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The simulation needs --add-opens=java.base/java.lang=ALL-UNNAMED on Java's command line.", e);
        }
    }

    /// A thread of a program, not started.
    Thread thread(Node node, String prefix, Runnable work) {
        long number = nextThread++;
        String name = node.name() + "/" + prefix + names.merge(node.name() + "/" + prefix, 1, Integer::sum);
        Executor executor = task -> ready(number, new Ready(node, name, task));
        try {
            var builder = (Thread.Builder.OfVirtual) BUILDER.newInstance(executor);
            return builder.name(name)
                    .uncaughtExceptionHandler((_, failure) -> fail(failure))
                    .unstarted(work);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A simulated thread cannot be made.", e);
        }
    }

    private void ready(long number, Ready thread) {
        if (!switching && Thread.currentThread() != owner) {
            // The JDK wakes threads that wait for a monitor from a thread of its own, at a time of its own.
            failures.add(new IllegalStateException("A thread from outside has woken " + thread.name()
                    + ": it waited for a monitor whose owner had parked, which no seed can repeat."));
        }
        if (thread.node().alive()) {
            ready.put(number, thread);
        }
    }

    /// Something that nobody expected; the run ends with it.
    void fail(Throwable failure) {
        failures.add(failure);
    }

    Trace trace() {
        return trace;
    }

    long nanos() {
        return nanos;
    }

    long steps() {
        return steps;
    }

    /// Lets time stand still for everybody, as when a computer sleeps: all that would have happened happens late.
    void skip(long skipped) {
        nanos += skipped;
    }

    /// Does something at a time, in no thread: it may only wake threads or start them.
    void at(long time, Runnable action) {
        timers.add(new Timer(Math.max(time, nanos), nextTimer++, action));
    }

    /// Runs until done.
    ///
    /// @param check asked whenever time is about to pass
    /// @throws Throwable the first failure
    void run(BooleanSupplier done, Runnable check) throws Throwable {
        while (!done.getAsBoolean()) {
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
            if (!ready.isEmpty()) {
                turn();
                continue;
            }
            check.run();
            Timer next = timers.poll();
            if (next == null) {
                throw new IllegalStateException("Nothing will ever happen again: every thread waits for another one.");
            }
            nanos = Math.max(nanos, next.at());
            next.action().run();
        }
    }

    private void turn() {
        if (++steps > MAX_STEPS) {
            throw new IllegalStateException("More than " + MAX_STEPS + " steps: some threads keep each other busy.");
        }
        int place = ready.size() == 1 ? 0 : random.nextInt(ready.size());
        Long chosen = null;
        for (Long candidate : ready.keySet()) {
            if (place-- == 0) {
                chosen = candidate;
                break;
            }
        }
        @Nullable Ready turn = chosen == null ? null : ready.remove(chosen);
        if (turn != null && turn.node().alive()) {
            trace.add(turn.name());
            switching = true;
            try {
                turn.task().run();
            } finally {
                switching = false;
            }
        }
    }
}
