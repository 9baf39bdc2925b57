package dev.breakwater.processserver.machine;

import dev.breakwater.control.processserver.ProcessServerHealth.ActiveThrottle;
import dev.breakwater.model.BandwidthSchedule;
import dev.breakwater.platform.Threads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Limits what all machines together send, by the hour of the day: credit is given no faster than the schedule allows.
/// What a machine has sent is never held up, so a point whose changes fit into the machine's window closes as fast as
/// without a limit; only the window is filled up again later.
///
/// A bucket that may go into debt: whoever asks for credit gets a time, and the next one gets a later time, so that
/// machines are served in the order in which they asked. What is not used is saved for [#BURST] at most. What waits is
/// bounded by the machines' windows, as each waits for one portion of credit at a time.
public final class Throttle implements Runnable {

    /// Evens out the portions in which credit is given, and is far below what fills a line's queues.
    private static final Duration BURST = Duration.ofSeconds(1);

    /// How often those who wait look again: a schedule that ends lets all of them go on within this.
    private static final Duration LOOK = Duration.ofMillis(50);

    private final InstantSource clock;
    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition someoneWaits = lock.newCondition();
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private volatile @Nullable BandwidthSchedule schedule;
    private long paidUntil;

    /// No limit yet.
    ///
    /// @param clock the time of day
    /// @param threads for the monotonic time, and to wait
    public Throttle(InstantSource clock, Threads threads) {
        this.clock = clock;
        this.threads = threads;
        this.paidUntil = threads.nanos();
    }

    /// Sets the schedule, or lifts it with null.
    public void schedule(@Nullable BandwidthSchedule changed) {
        schedule = changed;
    }

    /// The limit that is in force now.
    public Optional<ActiveThrottle> active() {
        BandwidthSchedule known = schedule;
        Instant now = clock.instant();
        OptionalLong limit = known == null ? OptionalLong.empty() : known.limitAt(now);
        return limit.isEmpty() || known == null
                ? Optional.empty()
                : Optional.of(new ActiveThrottle(
                        limit.getAsLong(), known.changeAfter(now).orElse(null)));
    }

    /// Takes credit out of the bucket.
    ///
    /// @param bytes at most a window
    /// @return when it may be given, in the threads' nanoseconds; see [#due]
    long reserve(long bytes) {
        OptionalLong limit = limit();
        long now = threads.nanos();
        if (limit.isEmpty()) {
            return now;
        }
        lock.lock();
        try {
            long start = Math.max(paidUntil, now - BURST.toNanos());
            paidUntil = start + (long) (bytes * 1e9 / limit.getAsLong());
            return start;
        } finally {
            lock.unlock();
        }
    }

    /// Whether credit that was taken out may be given now: its time has come, or there is no limit any more.
    boolean due(long when) {
        if (when - threads.nanos() <= 0) {
            return true;
        }
        if (limit().isPresent()) {
            return false;
        }
        lock.lock();
        try {
            // Debts of a limit that is over are forgiven.
            paidUntil = threads.nanos();
        } finally {
            lock.unlock();
        }
        return true;
    }

    /// Calls again and again until [#forget].
    void remind(Runnable waiter) {
        lock.lock();
        try {
            waiting.add(waiter);
            someoneWaits.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Nobody waits there any more.
    void forget(Runnable waiter) {
        lock.lock();
        try {
            waiting.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    /// Reminds those who wait, until interrupted.
    @Override
    public void run() {
        try {
            while (true) {
                awaitSomeone().forEach(Runnable::run);
                threads.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Runnable> awaitSomeone() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                someoneWaits.await();
            }
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }

    private OptionalLong limit() {
        BandwidthSchedule known = schedule;
        return known == null ? OptionalLong.empty() : known.limitAt(clock.instant());
    }
}
