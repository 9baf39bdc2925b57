package dev.breakwater.processserver.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.processserver.StoreGate;
import dev.breakwater.vault.blob.FolderStore;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.log.SegmentSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The upload queue")
@Timeout(60)
class UploadQueueTest {

    private static final int SEGMENT = 256 << 10;

    @TempDir
    Path folder;

    private StoreGate store;
    private UploadQueue queue;
    private final MachineId first = new MachineId(UUID.randomUUID());
    private final MachineId second = new MachineId(UUID.randomUUID());
    private final List<byte[]> contents = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        store = new StoreGate(FolderStore.create(folder.resolve("vault"), Entropy.system()));
    }

    @AfterEach
    void end() {
        store.open();
        queue.close();
    }

    private void open(long memory, long cache, Duration patience) throws IOException {
        queue = new UploadQueue(
                new UploadLimits(memory, cache, 1, patience, Duration.ofMillis(10), Duration.ofMillis(50)),
                folder.resolve("cache"),
                System::nanoTime,
                Threads.system());
    }

    private CompletableFuture<Void> submit(MachineId machine, AtomicInteger released) throws Exception {
        byte[] content = new byte[SEGMENT];
        new Random(contents.size()).nextBytes(content);
        contents.add(content);
        SegmentSink sink = queue.sink(machine, store);
        ByteBuffer memory = ByteBuffer.wrap(content.clone());
        String name = "segments/" + machine + "/" + contents.size();
        return sink.submit(name, List.of(memory.slice(0, 1000), memory.slice(1000, SEGMENT - 1000)), () -> {
            // The writer uses the memory again at once.
            Arrays.fill(memory.array(), (byte) 0);
            released.incrementAndGet();
        });
    }

    private CompletableFuture<Void> submitLater(MachineId machine, AtomicInteger released, CountDownLatch accepted) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                CompletableFuture<Void> submitted = submit(machine, released);
                accepted.countDown();
                durable.complete(submitted.get());
            } catch (Exception e) {
                durable.completeExceptionally(e);
            }
        });
        return durable;
    }

    private long cacheFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.count();
        }
    }

    @Test
    @DisplayName("keeps what memory does not hold in the cache, gives that memory back at once, and stores all of it")
    void spills() throws Exception {
        open(2 * SEGMENT, 3 * SEGMENT, Duration.ofSeconds(20));
        store.shut();
        AtomicInteger released = new AtomicInteger();
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            durable.add(submit(first, released));
        }
        assertThat(released).hasValue(3);
        assertThat(cacheFiles()).isEqualTo(3);
        assertThat(queue.figures().memoryBytes()).isEqualTo(2 * SEGMENT);
        assertThat(queue.figures().cacheFreePercent()).isZero();
        CountDownLatch accepted = new CountDownLatch(1);
        durable.add(submitLater(first, released, accepted));
        assertThat(accepted.await(300, TimeUnit.MILLISECONDS))
                .as("both bounds are reached")
                .isFalse();
        store.open();
        for (int i = 0; i < durable.size(); i++) {
            durable.get(i).get(20, TimeUnit.SECONDS);
            ByteBuffer stored = store.get("segments/" + first + "/" + (i + 1));
            assertThat(stored).isEqualTo(ByteBuffer.wrap(contents.get(i)));
        }
        assertThat(released).hasValue(6);
        assertThat(queue.drain(10_000)).isTrue();
        assertThat(cacheFiles()).isZero();
    }

    @Test
    @DisplayName("serves machines in turn, so that a large one does not stand before a small one")
    void inTurn() throws Exception {
        open(64 * SEGMENT, 0, Duration.ofSeconds(20));
        store.shut();
        AtomicInteger released = new AtomicInteger();
        List<CompletableFuture<Void>> large = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            large.add(submit(first, released));
        }
        List<Long> doneBefore = new ArrayList<>();
        CompletableFuture<Void> small = submit(second, released)
                .thenRun(() -> doneBefore.add(
                        large.stream().filter(CompletableFuture::isDone).count()));
        store.open();
        small.get(20, TimeUnit.SECONDS);
        assertThat(doneBefore.getFirst()).isLessThan(5);
        CompletableFuture.allOf(large.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("gives up at once what the vault refuses, and after its patience what it cannot reach")
    void givesUp() throws Exception {
        open(8 * SEGMENT, 0, Duration.ofMillis(300));
        store.fail(StoreException.Kind.REFUSED);
        CompletableFuture<Void> refused = submit(first, new AtomicInteger());
        assertThatThrownBy(() -> refused.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        store.fail(StoreException.Kind.UNAVAILABLE);
        AtomicInteger released = new AtomicInteger();
        CompletableFuture<Void> lost = submit(first, released);
        assertThatThrownBy(() -> lost.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(released).as("the memory of a failure is not used again").hasValue(0);
        assertThat(queue.figures().failing()).isTrue();
        assertThat(queue.figures().memoryBytes()).isZero();
    }

    @Test
    @DisplayName("says that its cache takes nothing, lets machines wait for memory meanwhile, and loses nothing")
    void cacheRefuses() throws Exception {
        open(2 * SEGMENT, 3 * SEGMENT, Duration.ofSeconds(20));
        store.shut();
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        durable.add(submit(first, new AtomicInteger()));
        durable.add(submit(first, new AtomicInteger()));
        Files.delete(folder.resolve("cache"));
        CountDownLatch accepted = new CountDownLatch(1);
        durable.add(submitLater(first, new AtomicInteger(), accepted));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (queue.figures().cacheTrouble().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(queue.figures().cacheTrouble()).contains("NoSuchFile");
        assertThat(queue.figures().cacheFreePercent()).isZero();
        assertThat(accepted.getCount()).as("machines that wait").isOne();
        store.open();
        CompletableFuture.allOf(durable.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        assertThat(queue.figures().cacheTrouble()).isEmpty();
    }

    @Test
    @DisplayName("empties the cache that a killed process left")
    void emptiesCache() throws Exception {
        Files.createDirectories(folder.resolve("cache"));
        Files.write(folder.resolve("cache").resolve("17.segment"), new byte[100]);
        open(SEGMENT, SEGMENT, Duration.ofSeconds(1));
        assertThat(cacheFiles()).isZero();
    }

    @Test
    @DisplayName("fails what waits when it stops, and lets nobody wait for ever")
    void stops() throws Exception {
        open(SEGMENT, 0, Duration.ofSeconds(20));
        store.shut();
        CompletableFuture<Void> running = submit(first, new AtomicInteger());
        CompletableFuture<Void> blocked = submitLater(second, new AtomicInteger(), new CountDownLatch(1));
        queue.close();
        assertThatThrownBy(() -> running.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> blocked.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }
}
