package dev.breakwater.launcher.system;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The programs of a site under a service manager: who dies is started again.
final class Programs implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final Map<String, Supplier<Subprocess>> starts = new ConcurrentHashMap<>();
    private final Map<String, Subprocess> running = new ConcurrentHashMap<>();
    private final Thread manager =
            Thread.ofPlatform().daemon().name("service-manager").unstarted(this::manage);
    private volatile boolean ended;
    private volatile long newestStart = System.nanoTime();

    Programs() {
        manager.start();
    }

    /// Starts a program, and starts it again whenever it dies.
    synchronized void keep(String program, Supplier<Subprocess> start) {
        starts.put(program, start);
        start(program);
    }

    private void start(String program) {
        running.put(program, starts.get(program).get());
        newestStart = System.nanoTime();
    }

    /// Stops a program and starts it no more.
    synchronized void end(String program) {
        starts.remove(program);
        running.remove(program).stop();
    }

    /// When one of them was started last, as [System#nanoTime()].
    long newestStart() {
        return newestStart;
    }

    /// How all programs are, for a failure's message.
    String tails() {
        StringBuilder all = new StringBuilder();
        running.forEach((program, process) ->
                all.append("\n--- ").append(program).append('\n').append(process.tail()));
        return all.toString();
    }

    private void manage() {
        try {
            while (!ended) {
                startTheDead();
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void startTheDead() {
        for (Map.Entry<String, Subprocess> program : running.entrySet()) {
            if (!ended && !program.getValue().alive()) {
                start(program.getKey());
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            manager.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
