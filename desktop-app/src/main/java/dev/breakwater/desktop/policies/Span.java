package dev.breakwater.desktop.policies;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as the commands write them: `30s`, `5m`, `24h`, `3d`.
public final class Span {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,7}) ?([smhd])");
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;

    private Span() {}

    /// Reads one; nothing if it is none.
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        long unit = switch (matcher.group(2)) {
            case "s" -> 1;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            default -> DAY;
        };
        return Optional.of(Duration.ofSeconds(number * unit));
    }

    /// Writes one in the largest unit that it is a multiple of.
    public static String format(Duration length) {
        long seconds = length.toSeconds();
        if (seconds % MINUTE != 0 || seconds == 0) {
            return seconds + "s";
        }
        if (seconds % HOUR != 0) {
            return seconds / MINUTE + "m";
        }
        return seconds % DAY != 0 || seconds == DAY ? seconds / HOUR + "h" : seconds / DAY + "d";
    }
}
