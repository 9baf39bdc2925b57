package dev.breakwater.vault.log;

import dev.breakwater.vault.blob.ObjectStore;
import java.util.concurrent.CompletableFuture;

/// Sinks for whoever needs no cache: seeding, tests.
public final class SegmentSinks {

    private SegmentSinks() {}

    /// Writes each segment at once, on the caller's thread.
    public static SegmentSink direct(ObjectStore store) {
        return (objectName, content) -> {
            store.putIfAbsent(objectName, content);
            return CompletableFuture.completedFuture(null);
        };
    }
}
