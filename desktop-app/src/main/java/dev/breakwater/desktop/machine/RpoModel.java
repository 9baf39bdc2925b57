package dev.breakwater.desktop.machine;

import dev.breakwater.control.admin.RpoHistory;
import dev.breakwater.control.admin.RpoHistory.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A machine's RPO over a day, minute by minute.
final class RpoModel {

    private static final Duration STEP = Duration.ofMinutes(1);

    /// A day's, however wrong the engine's clocks are.
    private static final int MOST = 1440;

    private static final double USUAL = 0.95;

    private final RpoHistory history;
    private final @Nullable Duration limit;
    private final double[] seconds;

    private RpoModel(RpoHistory history, @Nullable Duration limit) {
        this.history = history;
        this.limit = limit;
        long steps = Duration.between(history.from(), history.until()).dividedBy(STEP);
        seconds = new double[Math.clamp(steps, 0, MOST)];
        Arrays.fill(seconds, Double.NaN);
        history.stretches().forEach(this::enter);
    }

    /// @param limit of the machine's policy; absent if it has none
    static RpoModel of(RpoHistory history, @Nullable Duration limit) {
        return new RpoModel(history, limit);
    }

    private void enter(Stretch stretch) {
        Instant from = history.from();
        long begin = Duration.between(from, stretch.from()).toSeconds();
        long end = Duration.between(from, stretch.until()).toSeconds();
        long step = STEP.toSeconds();
        for (long i = Math.max(0, begin / step); i < seconds.length && i * step < end; i++) {
            double worst = stretch.rpoSeconds() + Math.min(end, (i + 1) * step) - begin;
            int at = (int) i;
            if (!(seconds[at] >= worst)) {
                seconds[at] = worst;
            }
        }
    }

    Instant from() {
        return history.from();
    }

    Instant until() {
        return history.until();
    }

    /// The worst of each minute, oldest first; not a number where nothing is known.
    double[] seconds() {
        return seconds.clone();
    }

    /// Not exceeded in 95 % of the minutes that are known; absent if none is.
    @Nullable
    Duration usual() {
        double[] known = Arrays.stream(seconds)
                .filter(each -> !Double.isNaN(each))
                .sorted()
                .toArray();
        return known.length == 0
                ? null
                : Duration.ofSeconds((long) known[(int) Math.min(known.length - 1, Math.floor(known.length * USUAL))]);
    }

    /// How often the limit was passed.
    int breaches() {
        if (limit == null) {
            return 0;
        }
        int breaches = 0;
        boolean over = false;
        for (double each : seconds) {
            boolean now = each > limit.toSeconds();
            if (now && !over) {
                breaches++;
            }
            over = now || (over && Double.isNaN(each));
        }
        return breaches;
    }

    /// Whether anything is known.
    boolean isKnown() {
        return usual() != null;
    }
}
