package dev.breakwater.platform.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Says which request, machine or job the log lines of this thread belong to, for as long as a scope is open.
/// Scopes may lie within each other; a thread that is started inside one begins without it and opens its own.
public final class LogContext {

    /// One request over HTTPS.
    public static final String REQUEST = "request";

    /// Identity of a machine.
    public static final String MACHINE = "machine";

    /// What people call that machine.
    public static final String MACHINE_NAME = "machineName";

    /// Identity of a job.
    public static final String JOB = "job";

    private LogContext() {}

    /// Until it is closed, by the thread that opened it.
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /// Lines belong to a request.
    public static Scope request(String id) {
        return open(REQUEST, id);
    }

    /// Lines belong to a machine.
    ///
    /// @param name what people call it; null if only the identity is known here
    public static Scope machine(Object id, @Nullable String name) {
        return name == null ? open(MACHINE, id.toString()) : open(MACHINE, id.toString(), MACHINE_NAME, name);
    }

    /// Lines belong to a job.
    ///
    /// @param machine the machine it is about; null if about none
    public static Scope job(Object id, @Nullable Object machine) {
        return machine == null ? open(JOB, id.toString()) : open(JOB, id.toString(), MACHINE, machine.toString());
    }

    /// The request that this thread works for; null if for none.
    public static @Nullable String currentRequest() {
        return MDC.get(REQUEST);
    }

    private record Before(String key, @Nullable String value) {}

    private static Scope open(String... keysAndValues) {
        List<Before> before = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            before.add(new Before(keysAndValues[i], MDC.get(keysAndValues[i])));
            MDC.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return () -> before.forEach(LogContext::restore);
    }

    private static void restore(Before before) {
        if (before.value() == null) {
            MDC.remove(before.key());
        } else {
            MDC.put(before.key(), before.value());
        }
    }
}
