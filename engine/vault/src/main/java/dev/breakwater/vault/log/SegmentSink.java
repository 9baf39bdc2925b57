package dev.breakwater.vault.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Where a writer hands over finished segments. The process server puts its bounded cache and upload queue here.
@FunctionalInterface
public interface SegmentSink {

    /// Takes a segment over. May block while the sink's bounds are reached: this is how a slow vault slows the
    /// sender.
    ///
    /// The content is the concatenation of the buffers' remaining bytes. Whoever implements this may read it
    /// from any thread until the future completes, and must not touch it later: the writer uses the memory
    /// again.
    ///
    /// @param objectName the object to create, put-if-absent; the name is random, so an object which is already
    /// there
    ///     can only be an earlier try of the same call
    /// @param content sealed bytes
    /// @return completes when the object is durable in the vault (not in a cache), exceptionally if it never will
    /// be
    /// @throws IOException if the sink is closed or broken; the generation is lost then, and with it the writer
    /// @throws InterruptedException if the thread was interrupted while it waited for room
    CompletableFuture<@Nullable Void> submit(String objectName, List<ByteBuffer> content)
            throws IOException, InterruptedException;

    /// As [#submit(String, List)], for a sink that may be done with the memory before the object is durable,
    /// because it has put the bytes elsewhere meanwhile.
    ///
    /// @param released run once, from any thread, when nobody looks at the content's memory any more; never
    ///     after a failure
    default CompletableFuture<@Nullable Void> submit(String objectName, List<ByteBuffer> content, Runnable released)
            throws IOException, InterruptedException {
        return submit(objectName, content).whenComplete((_, failure) -> {
            if (failure == null) {
                released.run();
            }
        });
    }
}
