package dev.breakwater.testkit.fuzz;

import dev.breakwater.testkit.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Holds a parser to its contract: whatever it is fed, it ends soon, takes memory in proportion, and either accepts or
/// throws one of the exceptions that it documents.
///
/// What once broke a parser lies in the module's `src/test/resources/fuzz/NAME/` and is fed first, always. Then come
/// damaged copies of good input, from the seed; input that brings out an answer not seen before is kept and damaged
/// further, so that the parser's depth is reached. `-Dfuzz.cases=N` makes it N cases instead of the usual number,
/// `-Dseed=S` other ones. A finding is written below `target/fuzz`, and the message names the command that repeats it.
public final class Fuzz {

    /// What a parser may take besides a multiple of its input: its buffers, its exceptions, the lambda's first call.
    private static final long MEMORY_BYTES = 8 << 20;

    private static final int MEMORY_PER_BYTE = 64;

    private final String name;
    private final List<byte[]> good = new ArrayList<>();
    private final List<byte[]> words = new ArrayList<>();
    private final List<Class<? extends Throwable>> refusals = new ArrayList<>();
    private UnaryOperator<byte[]> mend = UnaryOperator.identity();
    private int usualCases = 3_000;
    private int maxBytes = 64 * 1024;
    private long memoryBytes = MEMORY_BYTES;

    private Fuzz(String name) {
        this.name = name;
    }

    /// A parser under test.
    @FunctionalInterface
    public interface Parser {

        /// Parses. Beyond not throwing it may assert what must hold of what it accepted.
        ///
        /// @throws Throwable one of the documented exceptions, or the test fails
        void parse(byte[] input) throws Throwable;
    }

    /// A fuzz test.
    ///
    /// @param name of the folder with what was once found
    public static Fuzz of(String name) {
        return new Fuzz(name);
    }

    /// Input that the parser accepts.
    public Fuzz good(byte[]... inputs) {
        good.addAll(List.of(inputs));
        return this;
    }

    /// Input that the parser accepts, as UTF-8.
    public Fuzz good(String... inputs) {
        Stream.of(inputs).map(input -> input.getBytes(StandardCharsets.UTF_8)).forEach(good::add);
        return this;
    }

    /// Bytes that mean something to the parser.
    public Fuzz words(byte[]... known) {
        words.addAll(List.of(known));
        return this;
    }

    /// Texts that mean something to the parser.
    public Fuzz words(String... known) {
        Stream.of(known).map(word -> word.getBytes(StandardCharsets.UTF_8)).forEach(words::add);
        return this;
    }

    /// An exception with which the parser documents that it refuses its input.
    public Fuzz refusesWith(Class<? extends Throwable> documented) {
        refusals.add(documented);
        return this;
    }

    /// Puts checksums and lengths right again, so that damage behind them is reached; done to half of the cases.
    public Fuzz mendedBy(UnaryOperator<byte[]> mending) {
        mend = mending;
        return this;
    }

    /// How many cases the normal suite has: as many as fit into a second or so.
    public Fuzz usually(int cases) {
        usualCases = cases;
        return this;
    }

    /// The longest input that is tried.
    public Fuzz upTo(int bytes) {
        maxBytes = bytes;
        return this;
    }

    /// What the parser may allocate besides 64 times its input.
    public Fuzz within(long bytes) {
        memoryBytes = bytes;
        return this;
    }

    /// Runs it.
    ///
    /// @throws AssertionError if the contract is broken
    /// @throws IOException if the known findings cannot be read
    public void run(Parser parser) throws IOException {
        int cases = Integer.getInteger("fuzz.cases", usualCases);
        try (FuzzRunner runner = new FuzzRunner(name, parser, List.copyOf(refusals), memoryBytes, MEMORY_PER_BYTE)) {
            Path only = Path.of(System.getProperty("fuzz.input", ""));
            if (!only.toString().isEmpty()) {
                runner.feed(Files.readAllBytes(only));
                return;
            }
            for (byte[] input : good) {
                runner.accepted(input);
            }
            for (Path found : findings()) {
                runner.feed(Files.readAllBytes(found));
            }
            damaged(runner, cases);
        }
    }

    private void damaged(FuzzRunner runner, int cases) {
        Seed seed = Seed.orUsual(1);
        InputPool pool = new InputPool(good);
        for (int i = 0; i < cases; i++) {
            var random = seed.part(i).random();
            byte[] input = new Mutation(random, words, maxBytes).of(pool.pick(random), pool.pick(random));
            if (random.nextBoolean()) {
                input = mend.apply(input);
            }
            pool.tried(input, runner.feed(input));
        }
        runner.summary(cases, pool.answers());
    }

    private List<Path> findings() throws IOException {
        Path folder = Path.of("src/test/resources/fuzz", name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .toList();
        }
    }
}
