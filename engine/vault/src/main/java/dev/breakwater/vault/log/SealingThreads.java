package dev.breakwater.vault.log;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/// Where frames are compressed and sealed: the costly part of writing.
public interface SealingThreads extends AutoCloseable {

    /// Runs a task, which never throws, now or soon. Blocks while too many wait, which slows the sender down.
    ///
    /// @throws InterruptedException if the thread was interrupted while it waited; the task does not run then
    void run(Runnable task) throws InterruptedException;

    /// Runs what waits to its end and takes nothing more.
    @Override
    void close();

    /// The caller's own thread.
    static SealingThreads caller() {
        return new SealingThreads() {
            @Override
            public void run(Runnable task) {
                task.run();
            }

            @Override
            public void close() {}
        };
    }

    /// A thread per processor, shared by all machines of a process; they get their turns in the order in which they
    /// asked.
    ///
    /// @param processors how many
    /// @param factory makes them
    static SealingThreads of(int processors, ThreadFactory factory) {
        ExecutorService threads = Executors.newFixedThreadPool(processors, factory);
        // One that runs and two that wait for each thread: it never idles, and each waiting one holds 256 KiB.
        Semaphore room = new Semaphore(3 * processors, true);
        return new SealingThreads() {
            @Override
            public void run(Runnable task) throws InterruptedException {
                room.acquire();
                threads.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        room.release();
                    }
                });
            }

            @Override
            public void close() {
                threads.close();
            }
        };
    }
}
