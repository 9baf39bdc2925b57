package dev.breakwater.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Feeds one input at a time, in a thread of its own, and judges what the parser made of it.
final class FuzzRunner implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FuzzRunner.class.getName());

    /// No parser needs a hundredth of this for what it is fed here; the rest is for a machine that is busy otherwise.
    private static final int PATIENCE_SECONDS = 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String name;
    private final Fuzz.Parser parser;
    private final List<Class<? extends Throwable>> refusals;
    private final long memoryBytes;
    private final int memoryPerByte;
    private final ExecutorService worker;
    private volatile @Nullable Thread thread;

    FuzzRunner(
            String name,
            Fuzz.Parser parser,
            List<Class<? extends Throwable>> refusals,
            long memoryBytes,
            int memoryPerByte) {
        this.name = name;
        this.parser = parser;
        this.refusals = refusals;
        this.memoryBytes = memoryBytes;
        this.memoryPerByte = memoryPerByte;
        this.worker = Executors.newSingleThreadExecutor(task -> {
            Thread made = Thread.ofPlatform().daemon().name("fuzz-" + name).unstarted(task);
            thread = made;
            return made;
        });
    }

    /// What became of an input.
    ///
    /// @param thrown by the parser, null if it accepted
    /// @param allocatedBytes on the way
    private record Outcome(@Nullable Throwable thrown, long allocatedBytes) {}

    /// Feeds an input that must be accepted.
    void accepted(byte[] input) {
        Outcome outcome = outcome(input);
        if (outcome.thrown() != null) {
            throw broken(input, "refuses good input", outcome.thrown());
        }
    }

    /// Feeds any input.
    ///
    /// @return what the parser answered
    String feed(byte[] input) {
        Outcome outcome = outcome(input);
        Throwable thrown = outcome.thrown();
        if (thrown != null && refusals.stream().noneMatch(refusal -> refusal.isInstance(thrown))) {
            throw broken(input, "throws what it does not document", thrown);
        }
        long most = memoryBytes + (long) memoryPerByte * input.length;
        if (outcome.allocatedBytes() > most) {
            throw broken(input, "allocates " + outcome.allocatedBytes() + " bytes, at most " + most, thrown);
        }
        return thrown == null ? "accepted" : thrown.getClass().getSimpleName() + thrown.getMessage();
    }

    private Outcome outcome(byte[] input) {
        Future<Outcome> running = worker.submit(() -> parse(input));
        try {
            return running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            Thread stuck = thread;
            AssertionError hang = new AssertionError("it was here");
            hang.setStackTrace(stuck == null ? new StackTraceElement[0] : stuck.getStackTrace());
            throw broken(input, "does not end within " + PATIENCE_SECONDS + " s", hang);
        } catch (ExecutionException e) {
            throw broken(input, "breaks the harness", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The test was interrupted", e);
        }
    }

    private Outcome parse(byte[] input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Throwable thrown = null;
        try {
            parser.parse(input);
        } catch (Throwable e) {
            thrown = e;
        }
        return new Outcome(thrown, THREADS.getCurrentThreadAllocatedBytes() - before);
    }

    private AssertionError broken(byte[] input, String how, @Nullable Throwable cause) {
        CRC32 sum = new CRC32();
        sum.update(input);
        Path file = Path.of("target/fuzz", name, Long.toHexString(sum.getValue()) + ".bin")
                .toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AssertionError(
                "The parser of " + name + " " + how + ", given the " + input.length + " bytes in " + file
                        + " (from the seed " + System.getProperty("seed", "1") + "). It is repeated by\n"
                        + "./mvnw -pl " + module() + " -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest="
                        + test() + " -Dfuzz.input=" + file + "\n"
                        + "Repair the parser, and keep the file in src/test/resources/fuzz/" + name + ".",
                cause);
    }

    private static String module() {
        Path here = Path.of("").toAbsolutePath();
        Path above = here;
        while (above.getParent() != null && !Files.exists(above.resolve("mvnw"))) {
            above = above.getParent();
        }
        return above.relativize(here).toString();
    }

    private static String test() {
        return Arrays.stream(Thread.currentThread().getStackTrace())
                .filter(frame -> frame.getClassName().endsWith("FuzzTest"))
                .map(frame -> frame.getClassName()
                                .substring(frame.getClassName().lastIndexOf('.') + 1) + "#" + frame.getMethodName())
                .findFirst()
                .orElse("*FuzzTest");
    }

    void summary(int cases, int answers) {
        LOG.log(System.Logger.Level.INFO, "{0}: {1} cases, {2} different answers", name, cases, answers);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
