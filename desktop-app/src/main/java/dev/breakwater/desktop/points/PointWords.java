package dev.breakwater.desktop.points;

import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.RecoveryPoint;
import java.time.Duration;
import java.time.Instant;

/// How points are spoken of: `Application-consistent point, 4.0 hours ago`.
///
/// @param texts in which language
public record PointWords(Texts texts) {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAYS = Duration.ofDays(2);

    /// Kind and age.
    public String say(RecoveryPoint point, Instant now) {
        return texts.get("points.said", texts.of("points.type", point.type()), age(point, now));
    }

    /// The age alone: minutes below an hour, hours below two days, then days.
    public String age(RecoveryPoint point, Instant now) {
        Duration age = Duration.between(point.time(), now);
        // The time is that of the machine's clock, which may be ahead.
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < HOUR.toSeconds()) {
            return texts.get("points.minutes", seconds / 60);
        }
        return seconds < DAYS.toSeconds()
                ? texts.get("points.hours", seconds / 3600.0)
                : texts.get("points.days", seconds / 86_400.0);
    }
}
