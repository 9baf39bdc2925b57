package dev.breakwater.mobility.capture.trace;

import dev.breakwater.platform.linux.NativeFile;
import dev.breakwater.platform.linux.Processors;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/// Makes sure that everything recorded so far has been read: writes a marker on each processor and reads until all
/// are found.
///
/// An empty buffer is no proof: an interrupt may record the end of a request inside another event of its
/// processor that is not committed yet. The marker is written by a thread, so after that outer event.
final class MarkerBarrier implements AutoCloseable {

    /// Draining alone.
    @FunctionalInterface
    interface Drain {
        void run() throws IOException;
    }

    /// Measured 1 ms, 95 ms at worst on a crowded machine.
    private static final long DEADLINE_NANOS = 5_000_000_000L;

    private static final String PREFIX = "breakwater-barrier-";

    private final NativeFile marker;
    private final LongSupplier nanos;
    private final ExecutorService thread;
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    private long passes;

    MarkerBarrier(NativeFile marker, LongSupplier nanos) {
        this.marker = marker;
        this.nanos = nanos;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("trace-barrier").factory());
    }

    /// A marker was read.
    void seen(String text) {
        awaited.remove(text.strip());
    }

    /// @throws IOException if the markers did not come back in time
    void pass(Drain drain) throws IOException, InterruptedException {
        passes++;
        try {
            thread.submit(() -> {
                        write(drain);
                        return null;
                    })
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException("the barrier of the trace buffer failed", e.getCause());
        }
        long deadline = nanos.getAsLong() + DEADLINE_NANOS;
        do {
            drain.run();
            if (awaited.isEmpty()) {
                return;
            }
            Thread.onSpinWait();
        } while (nanos.getAsLong() - deadline < 0);
        Set<String> missing = new HashSet<>(awaited);
        awaited.clear();
        throw new IOException("markers did not come back from the trace buffer within 5 s: " + missing);
    }

    private void write(Drain drain) throws IOException {
        List<Integer> processors = Processors.online();
        long deadline = nanos.getAsLong() + DEADLINE_NANOS;
        boolean all = true;
        for (int cpu : processors) {
            if (!Processors.pinCurrentThread(cpu)) {
                all = false;
                continue;
            }
            String text = PREFIX + passes + "-" + cpu;
            awaited.add(text);
            // Refused while the buffer is full.
            while (!marker.tryWrite(text + "\n")) {
                drain.run();
                if (nanos.getAsLong() - deadline >= 0) {
                    awaited.clear();
                    throw new IOException("the trace buffer takes no marker");
                }
            }
        }
        if (!all && !Processors.barrierOnAll()) {
            awaited.clear();
            throw new IOException("not every processor can be reached, neither by a thread nor by a barrier");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        marker.close();
    }
}
