package dev.breakwater.platform.memory;

import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Things that are costly to make and can be used again, kept while nobody uses them. Safe for several threads.
///
/// Not bound to threads: with thousands of virtual threads a thing per thread would be the leak that a pool is to
/// prevent.
///
/// @param <T> what is kept
public final class IdlePool<T> {

    private final int maxIdle;
    private final Supplier<T> maker;
    private final ArrayDeque<T> idle = new ArrayDeque<>();

    /// @param maxIdle how many unused ones are kept; more are left to the garbage collector
    /// @param maker makes a new one when none is idle
    public IdlePool(int maxIdle, Supplier<T> maker) {
        this.maxIdle = maxIdle;
        this.maker = maker;
    }

    /// One that nobody else uses until it is given back.
    public T take() {
        @Nullable T kept;
        synchronized (idle) {
            kept = idle.poll();
        }
        return kept == null ? maker.get() : kept;
    }

    /// Puts one back. It must not be used afterwards.
    public void giveBack(T unused) {
        synchronized (idle) {
            if (idle.size() < maxIdle) {
                // The newest is the one that processor caches still know.
                idle.push(unused);
            }
        }
    }
}
