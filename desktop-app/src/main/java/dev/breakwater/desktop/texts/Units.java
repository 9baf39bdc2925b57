package dev.breakwater.desktop.texts;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import org.jspecify.annotations.Nullable;

/// Figures with their units. What is not known is [#UNKNOWN], never 0.
///
/// @param texts in which language
/// @param zone where the reader is
public record Units(Texts texts, ZoneId zone) {

    /// Stands where a figure is not known; views give it the accessible text `texts.unknown`.
    public static final String UNKNOWN = "–";

    private static final String[] BYTES = {"B", "KB", "MB", "GB", "TB", "PB"};
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;

    /// A whole number, grouped as the country does.
    public String count(@Nullable Number value) {
        return value == null
                ? UNKNOWN
                : NumberFormat.getIntegerInstance(texts.locale()).format(value);
    }

    /// A share of 1 as whole percents. Only what is complete is 100 %, only nothing is 0 %.
    public String percent(@Nullable Double share) {
        if (share == null || share.isNaN()) {
            return UNKNOWN;
        }
        double whole = share <= 0 ? 0 : share >= 1 ? 100 : Math.clamp(Math.rint(share * 100), 1, 99);
        return count(whole) + "\u00a0%";
    }

    /// An amount in decimal units with three digits at most: `1.25 GB`, `410 MB`.
    public String bytes(@Nullable Long bytes) {
        if (bytes == null) {
            return UNKNOWN;
        }
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < BYTES.length - 1) {
            value /= 1000;
            unit++;
        }
        NumberFormat format = NumberFormat.getInstance(texts.locale());
        format.setMaximumFractionDigits(unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
        return format.format(value) + "\u00a0" + BYTES[unit];
    }

    /// A speed: `410 MB/s`.
    public String rate(@Nullable Long bytesPerSecond) {
        return bytesPerSecond == null ? UNKNOWN : bytes(bytesPerSecond) + "/s";
    }

    /// A length of time in its two largest units: `41 s`, `12 min`, `1 h 41 min`, `3 d 4 h`. The same in every
    /// language.
    public String duration(@Nullable Duration length) {
        if (length == null) {
            return UNKNOWN;
        }
        long seconds = length.toSeconds();
        if (seconds < MINUTE) {
            return seconds + "\u00a0s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + "\u00a0min";
        }
        if (seconds < DAY) {
            return two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min");
        }
        return two(seconds / DAY, "d", seconds % DAY / HOUR, "h");
    }

    /// A length of time that was measured: tenths of a second below a minute, `6.9 s`, then as [#duration].
    public String measured(@Nullable Duration length) {
        if (length == null || length.toSeconds() >= MINUTE) {
            return duration(length);
        }
        NumberFormat format = NumberFormat.getInstance(texts.locale());
        format.setMinimumFractionDigits(1);
        format.setMaximumFractionDigits(1);
        return format.format(length.toMillis() / 1000.0) + "\u00a0s";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        String first = large + "\u00a0" + largeUnit;
        return small == 0 ? first : first + "\u00a0" + small + "\u00a0" + smallUnit;
    }

    /// Date and time of day as the reader's country writes them.
    public String moment(@Nullable Instant instant) {
        return instant == null ? UNKNOWN : format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM), instant);
    }

    /// Time of day with seconds.
    public String timeOfDay(@Nullable Instant instant) {
        return instant == null ? UNKNOWN : format(DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM), instant);
    }

    /// The day only.
    public String day(@Nullable Instant instant) {
        return instant == null ? UNKNOWN : format(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM), instant);
    }

    private String format(DateTimeFormatter formatter, Instant instant) {
        return formatter.withLocale(texts.locale()).withZone(zone).format(instant);
    }
}
