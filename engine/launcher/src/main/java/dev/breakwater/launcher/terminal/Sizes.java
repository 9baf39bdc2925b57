package dev.breakwater.launcher.terminal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes in bytes as people write them: `512`, `64KiB`, `1GiB`, `2G`. Units are powers of 1024.
public final class Sizes {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([KMGT]?)(i?B)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";

    private Sizes() {}

    /// The number of bytes.
    ///
    /// @throws IllegalArgumentException if the text is no size
    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no size; write for example 512MiB or 1GiB.");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2).toUpperCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
        return Math.multiplyExact(number, 1L << (10 * power));
    }

    /// A short text with a unit and one decimal.
    public static String format(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = Math.min((63 - Long.numberOfLeadingZeros(bytes)) / 10, UNITS.length());
        return String.format(Locale.ROOT, "%.1f %ciB", bytes / (double) (1L << (10 * power)), UNITS.charAt(power - 1));
    }
}
