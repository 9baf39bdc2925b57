package dev.breakwater.launcher.system;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What goes on beside the test, each in a thread of its own: the pool that all share has one thread on two processors,
/// and whoever waits in it would hold up the others.
final class Meanwhile {

    private Meanwhile() {}

    static <T> CompletableFuture<T> run(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().name("meanwhile").start(task));
    }
}
