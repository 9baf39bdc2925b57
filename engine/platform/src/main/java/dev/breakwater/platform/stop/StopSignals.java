package dev.breakwater.platform.stop;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for SIGTERM and SIGINT. The first asks for an orderly stop, which has a time limit; past it, or at the
/// second signal, the process ends at once. Nothing is lost either way: what an orderly stop saves is time at the next
/// start.
///
/// The JVM's own shutdown hooks would not hear a second signal, hence the handlers.
public final class StopSignals {

    /// The exit code if the time limit was passed.
    public static final int TOO_SLOW = 75;

    /// What systemd and Kubernetes wait by default is 90 s and 30 s; machines want to hear soon where to go.
    public static final Duration USUAL_LIMIT = Duration.ofSeconds(28);

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    private static final Map<String, Integer> NUMBERS = Map.of("TERM", 15, "INT", 2);

    /// Added to the number of the signal, as shells do.
    private static final int SIGNALLED = 128;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger signals = new AtomicInteger();
    private final Duration limit;

    private StopSignals(Duration limit) {
        this.limit = limit;
    }

    /// Listens from now on.
    ///
    /// @param limit how long an orderly stop may take
    public static StopSignals listen(Duration limit) {
        StopSignals signals = new StopSignals(limit);
        NUMBERS.forEach((name, number) -> onSignal(name, () -> signals.heard(name, number)));
        return signals;
    }

    /// By name, because the compiler warns of `sun.misc.Signal` (module `jdk.unsupported`) whatever one says,
    /// and there is no other way to hear a second signal.
    private static void onSignal(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            var _ = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JDK has no handlers for signals (jdk.unsupported).", e);
        }
    }

    /// Waits until the program is asked to end.
    public void await() throws InterruptedException {
        asked.await();
    }

    private void heard(String name, int number) {
        if (signals.incrementAndGet() > 1) {
            LOG.warn(
                    "SIG{} for the second time: the program ends at once. The next start takes up what was open.",
                    name);
            Runtime.getRuntime().halt(SIGNALLED + number);
        }
        LOG.info("SIG{}: the program finishes what is on its way, for {} s at most.", name, limit.toSeconds());
        Thread.ofPlatform().daemon().name("stop-limit").start(this::enforce);
        asked.countDown();
    }

    private void enforce() {
        try {
            Thread.sleep(limit);
        } catch (InterruptedException e) {
            LOG.debug("The limit of the stop is enforced at once.");
        }
        LOG.warn(
                "Not everything could be finished within {} s: the program ends. The next start takes up what was"
                        + " open.",
                limit.toSeconds());
        Runtime.getRuntime().halt(TOO_SLOW);
    }
}
