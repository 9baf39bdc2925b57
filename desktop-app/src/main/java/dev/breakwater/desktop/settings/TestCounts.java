package dev.breakwater.desktop.settings;

import dev.breakwater.desktop.preferences.Settings;
import java.time.Duration;
import java.util.Optional;

/// How long a test counts, as somebody types it.
record TestCounts(String typed) {

    /// Whole days within the bounds of [Settings#testCounts(Duration)]; nothing if it is anything else.
    Optional<Duration> time() {
        String days = typed.strip();
        // No bound has more than three digits.
        if (!days.matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(Integer.parseInt(days)))
                .filter(time -> time.compareTo(Settings.SHORTEST_TEST_COUNTS) >= 0
                        && time.compareTo(Settings.LONGEST_TEST_COUNTS) <= 0);
    }
}
