package dev.breakwater.processserver.upload;

import dev.breakwater.model.MachineId;
import dev.breakwater.vault.blob.ObjectStore;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One segment that waits for its turn.
///
/// @param machine whose it is
/// @param store where it goes
/// @param name the object's name
/// @param place where its bytes wait
/// @param bytes how many they are
/// @param durable completes once the vault holds it
record Upload(
        MachineId machine,
        ObjectStore store,
        String name,
        Place place,
        long bytes,
        CompletableFuture<@Nullable Void> durable) {

    /// Where the bytes of a segment wait.
    sealed interface Place {}

    /// In the writer's own buffers.
    ///
    /// @param released gives the buffers back
    record InMemory(List<ByteBuffer> content, Runnable released) implements Place {}

    /// In a file of the cache.
    record InCache(Path file) implements Place {}

    /// Writes the object. An object that exists is our own from an earlier try: names are random.
    void put() throws IOException {
        switch (place) {
            case InMemory memory -> store.putIfAbsent(name, memory.content());
            case InCache cache -> {
                try (Arena arena = Arena.ofShared();
                        FileChannel channel = FileChannel.open(cache.file(), StandardOpenOption.READ)) {
                    ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, arena)
                            .asByteBuffer();
                    store.putIfAbsent(name, List.of(mapped));
                }
            }
        }
    }
}
