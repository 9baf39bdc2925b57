package dev.breakwater.mobility.consistency;

import dev.breakwater.platform.linux.FreezableFolder;
import dev.breakwater.platform.linux.Processors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// The watchdog process; see [Watchdog] for what it is told. It writes to no file and, once armed, needs no
/// more of any file system than what is open.
public final class WatchdogMain {

    private static final long TICK_NANOS = 20_000_000;

    private final LongSupplier nanos;
    private final List<FreezableFolder> armed = new ArrayList<>();
    private long deadline;

    private WatchdogMain(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Runs until standard input ends.
    public static void main(String[] arguments) throws IOException {
        run(System.in, System.out, System::nanoTime);
    }

    private static void run(InputStream in, PrintStream out, LongSupplier nanos) throws IOException {
        WatchdogMain watchdog = new WatchdogMain(nanos);
        watchdog.rehearse();
        Processors.lockMemory();
        Runtime.getRuntime().addShutdownHook(new Thread(watchdog::thaw));
        Thread.ofPlatform().daemon().name("deadline").start(watchdog::watch);
        out.println("ready");
        try (var orders = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                out.println(watchdog.obey(order.split(" ", -1)));
                out.flush();
            }
        } finally {
            watchdog.thaw();
        }
    }

    /// Loads all code that thawing needs, on a file system that cannot be frozen.
    private void rehearse() {
        obey(new String[] {"arm", "0", Base64.getEncoder().encodeToString("/proc".getBytes(StandardCharsets.UTF_8))});
        thaw();
        obey(new String[] {"disarm"});
    }

    private synchronized String obey(String[] order) {
        release();
        if (order[0].equals("disarm")) {
            return "disarmed";
        }
        if (!order[0].equals("arm") || order.length < 2) {
            return "unknown order";
        }
        deadline = nanos.getAsLong() + Long.parseLong(order[1]) * 1_000_000;
        for (int i = 2; i < order.length; i++) {
            String folder = new String(Base64.getDecoder().decode(order[i]), StandardCharsets.UTF_8);
            try {
                armed.add(FreezableFolder.open(folder));
            } catch (IOException e) {
                release();
                return "cannot open " + folder + ": " + e.getMessage();
            }
        }
        return "armed";
    }

    private void release() {
        armed.forEach(FreezableFolder::close);
        armed.clear();
    }

    private void watch() {
        while (true) {
            LockSupport.parkNanos(TICK_NANOS);
            synchronized (this) {
                if (!armed.isEmpty() && nanos.getAsLong() - deadline >= 0) {
                    thaw();
                }
            }
        }
    }

    private synchronized void thaw() {
        for (FreezableFolder folder : armed) {
            try {
                folder.thaw();
            } catch (IOException e) {
                // The other folders matter more than this one's reason.
                System.err.println(e.getMessage());
            }
        }
        release();
    }
}
