package dev.breakwater.testkit;

import dev.breakwater.platform.Entropy;
import java.util.Random;

/// The one number that a random test depends on. A failure names it, and `-Dseed=N` repeats the run.
///
/// @param value the number
public record Seed(long value) {

    /// The seed given by `-Dseed=N`, or the test's usual one, so that a run of the suite is always the same.
    public static Seed orUsual(long usual) {
        return new Seed(Long.getLong("seed", usual));
    }

    /// The seed of a part of the run, independent of how much the other parts draw.
    public Seed part(int number) {
        return new Seed(value * 0x9E3779B97F4A7C15L + number);
    }

    /// A new source of random numbers that starts from this seed.
    public Random random() {
        return new Random(value);
    }

    /// A new source of keys and identities that starts from this seed. Not secret: for tests only.
    public Entropy entropy() {
        Random random = random();
        return target -> {
            synchronized (random) {
                random.nextBytes(target);
            }
        };
    }
}
