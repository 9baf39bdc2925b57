package dev.breakwater.processserver.upload;

import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Threads;
import dev.breakwater.platform.log.LogContext;
import dev.breakwater.processserver.upload.Upload.InCache;
import dev.breakwater.processserver.upload.Upload.InMemory;
import dev.breakwater.processserver.upload.Upload.Place;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.log.SegmentSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploads sealed segments of all machines, machine by machine in turn, so that a full disk of one machine does not
/// stand before the small point of another.
///
/// Invariants: what waits in memory and in the cache never passes the bounds; whoever submits more waits, which in turn
/// empties no window, which slows the machine down. A future completes only after the vault has the object.
public final class UploadQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UploadQueue.class);

    private final UploadLimits limits;
    private final CacheFolder cache;
    private final LongSupplier nanos;
    private final Threads threads;
    private final List<Thread> workers = new ArrayList<>();

    /// Fair, so that machines get room in the order in which they asked.
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition roomFreed = lock.newCondition();
    private final Condition workCame = lock.newCondition();
    private final Map<MachineId, ArrayDeque<Upload>> waiting = new LinkedHashMap<>();
    private final UploadMeter meter;
    private final CompletableFuture<Boolean> firstUpload = new CompletableFuture<>();
    private long memoryBytes;
    private long cacheBytes;
    private long failedUploads;
    private String vaultTrouble = "";
    private String cacheTrouble = "";
    private boolean closed;

    /// Takes the cache folder over, which loses what is in it, and starts uploading.
    ///
    /// @param nanos monotonic time
    /// @param threads where uploads run
    /// @throws IOException if the folder cannot be used
    public UploadQueue(UploadLimits limits, Path cacheFolder, LongSupplier nanos, Threads threads) throws IOException {
        this.limits = limits;
        this.cache = CacheFolder.open(cacheFolder);
        this.nanos = nanos;
        this.threads = threads;
        this.meter = new UploadMeter(nanos.getAsLong());
        ThreadFactory factory = threads.background("upload-");
        for (int i = 1; i <= limits.threads(); i++) {
            Thread worker = factory.newThread(this::work);
            workers.add(worker);
            worker.start();
        }
    }

    /// The sink of one machine's writer.
    public SegmentSink sink(MachineId machine, ObjectStore store) {
        return new SegmentSink() {
            @Override
            public CompletableFuture<@Nullable Void> submit(String objectName, List<ByteBuffer> content)
                    throws IOException, InterruptedException {
                return submit(objectName, content, () -> {});
            }

            @Override
            public CompletableFuture<@Nullable Void> submit(
                    String objectName, List<ByteBuffer> content, Runnable released)
                    throws IOException, InterruptedException {
                return accept(machine, store, objectName, content, released);
            }
        };
    }

    private CompletableFuture<@Nullable Void> accept(
            MachineId machine, ObjectStore store, String name, List<ByteBuffer> content, Runnable released)
            throws IOException, InterruptedException {
        long bytes = content.stream().mapToLong(ByteBuffer::remaining).sum();
        Place place = place(bytes, content, released);
        var upload = new Upload(machine, store, name, place, bytes, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed) {
                throw new IOException("The process server is stopping.");
            }
            waiting.computeIfAbsent(machine, _ -> new ArrayDeque<>()).add(upload);
            workCame.signal();
        } finally {
            lock.unlock();
        }
        return upload.durable();
    }

    private Place place(long bytes, List<ByteBuffer> content, Runnable released)
            throws IOException, InterruptedException {
        if (awaitRoom(bytes, limits.cacheBytes())) {
            return new InMemory(content, released);
        }
        try {
            Place cached = new InCache(cache.write(content));
            noteCache("");
            released.run();
            return cached;
        } catch (IOException e) {
            LOG.warn(
                    "The cache folder cannot be written, so machines have to wait for the vault: {}. Make room there.",
                    e.toString());
            noteCache(e.toString());
            free(bytes, false);
            awaitRoom(bytes, 0);
            return new InMemory(content, released);
        }
    }

    /// Waits until the bounds allow the segment and counts it.
    ///
    /// @param cacheLimit what the cache may hold now
    /// @return whether it has room in memory, else in the cache
    private boolean awaitRoom(long bytes, long cacheLimit) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                // A segment larger than the bound may pass alone, or nothing ever would.
                if (memoryBytes == 0 || memoryBytes + bytes <= limits.memoryBytes()) {
                    memoryBytes += bytes;
                    return true;
                }
                if (cacheBytes + bytes <= cacheLimit) {
                    cacheBytes += bytes;
                    return false;
                }
                roomFreed.await();
            }
            throw new IOException("The process server is stopping.");
        } finally {
            lock.unlock();
        }
    }

    private void free(long bytes, boolean inMemory) {
        lock.lock();
        try {
            if (inMemory) {
                memoryBytes -= bytes;
            } else {
                cacheBytes -= bytes;
            }
            roomFreed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            while (true) {
                Upload next = take();
                if (next == null) {
                    return;
                }
                try (LogContext.Scope _ = LogContext.machine(next.machine(), null)) {
                    carryOut(next);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("An upload thread was stopped.");
        }
    }

    private @Nullable Upload take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && waiting.isEmpty()) {
                workCame.await();
            }
            if (closed) {
                return null;
            }
            Iterator<Map.Entry<MachineId, ArrayDeque<Upload>>> first =
                    waiting.entrySet().iterator();
            Map.Entry<MachineId, ArrayDeque<Upload>> turn = first.next();
            Upload upload = turn.getValue().remove();
            first.remove();
            if (!turn.getValue().isEmpty()) {
                waiting.put(turn.getKey(), turn.getValue());
            }
            meter.began(nanos.getAsLong());
            return upload;
        } finally {
            lock.unlock();
        }
    }

    private void carryOut(Upload upload) throws InterruptedException {
        Throwable failure = null;
        try {
            putPatiently(upload);
        } catch (InterruptedException e) {
            finished(upload, false);
            upload.durable().completeExceptionally(new IOException("The process server is stopping.", e));
            throw e;
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        finished(upload, failure == null);
        if (failure == null) {
            if (upload.place() instanceof InMemory memory) {
                memory.released().run();
            }
            upload.durable().complete(null);
        } else {
            LOG.warn("Segment {} of machine {} was given up: {}", upload.name(), upload.machine(), failure.toString());
            upload.durable().completeExceptionally(failure);
        }
    }

    private void putPatiently(Upload upload) throws IOException, InterruptedException {
        long deadline = nanos.getAsLong() + limits.patience().toNanos();
        long pause = limits.firstPause().toNanos();
        while (true) {
            try {
                upload.put();
                noteVault("");
                return;
            } catch (StoreException e) {
                noteVault(String.valueOf(e.getMessage()));
                if (!e.retryable() || nanos.getAsLong() + pause > deadline) {
                    throw e;
                }
                LOG.info("The vault did not take segment {}, trying again: {}", upload.name(), e.getMessage());
            }
            // Whoever closes interrupts.
            threads.sleep(Duration.ofNanos(pause));
            pause = Math.min(pause * 2, limits.maxPause().toNanos());
        }
    }

    private void noteVault(String trouble) {
        lock.lock();
        try {
            vaultTrouble = trouble;
            failedUploads += trouble.isEmpty() ? 0 : 1;
        } finally {
            lock.unlock();
        }
    }

    private void noteCache(String trouble) {
        lock.lock();
        try {
            cacheTrouble = trouble;
        } finally {
            lock.unlock();
        }
    }

    private void finished(Upload upload, boolean done) {
        if (upload.place() instanceof InCache cached) {
            try {
                CacheFolder.delete(cached.file());
            } catch (IOException e) {
                LOG.warn("The cache file {} cannot be removed: {}", cached.file(), e.getMessage());
            }
        }
        free(upload.bytes(), upload.place() instanceof InMemory);
        lock.lock();
        try {
            meter.ended(nanos.getAsLong(), done ? upload.bytes() : 0);
            if (memoryBytes + cacheBytes == 0) {
                // Nobody needs the cache now; the next who does will see whether it takes something again.
                cacheTrouble = "";
            }
        } finally {
            lock.unlock();
        }
        if (done) {
            firstUpload.complete(true);
        }
    }

    /// Completes as soon as the vault has taken something for the first time: the speed is known from then on.
    public CompletableFuture<Boolean> firstUpload() {
        return firstUpload;
    }

    /// How it is doing.
    public UploadFigures figures() {
        lock.lock();
        try {
            return new UploadFigures(
                    memoryBytes,
                    cacheBytes,
                    limits.cacheBytes(),
                    meter.totalBytes(),
                    failedUploads,
                    meter.bytesPerSecond(nanos.getAsLong()),
                    vaultTrouble,
                    cacheTrouble);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing is on its way.
    ///
    /// @return whether that came to pass in time
    public boolean drain(long timeoutMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long rest = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (memoryBytes + cacheBytes > 0 && rest > 0) {
                rest = roomFreed.awaitNanos(rest);
            }
            return memoryBytes + cacheBytes == 0;
        } finally {
            lock.unlock();
        }
    }

    /// Stops; what waits is lost, and its futures fail.
    @Override
    public void close() {
        List<Upload> lost = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            waiting.values().forEach(lost::addAll);
            waiting.clear();
            workCame.signalAll();
            roomFreed.signalAll();
        } finally {
            lock.unlock();
        }
        workers.forEach(Thread::interrupt);
        IOException cause = new IOException("The process server stopped before the segment was in the vault.");
        lost.forEach(upload -> {
            finished(upload, false);
            upload.durable().completeExceptionally(cause);
        });
    }
}
