package dev.breakwater.configurationserver.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Lets each key through so often: at once as often as the burst says, then at the rate. Safe for several threads.
public final class RateLimit {

    /// Keys remembered. A key that is forgotten starts with a full burst again, so this must be far more than can be
    /// busy at once: ten thousand machines, or addresses of one attacker's network.
    private static final int MAX_KEYS = 20_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private static final class Bucket {
        private double left;
        private long filledAt;

        private Bucket(double left, long filledAt) {
            this.left = left;
            this.filledAt = filledAt;
        }
    }

    private final int burst;
    private final double perSecond;
    private final LongSupplier nanos;
    private final Map<Object, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
            return size() > MAX_KEYS;
        }
    };

    /// @param burst how often at once
    /// @param perSecond how often in the long run
    /// @param nanos monotonic time
    public RateLimit(int burst, double perSecond, LongSupplier nanos) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /// Whether the key may go on now.
    public synchronized boolean permits(Object key) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(key, fresh -> new Bucket(burst, now));
        bucket.left = Math.min(burst, bucket.left + (now - bucket.filledAt) / NANOS_PER_SECOND * perSecond);
        bucket.filledAt = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }
}
