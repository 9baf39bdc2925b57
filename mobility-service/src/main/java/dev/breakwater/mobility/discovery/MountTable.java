package dev.breakwater.mobility.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What `/proc/self/mountinfo` says.
final class MountTable {

    /// A line of it.
    ///
    /// @param device `major:minor`
    /// @param root folder of the file system that is mounted
    /// @param mountPoint where
    /// @param type of the file system
    /// @param source what was mounted, for people
    /// @param options of the file system, as the kernel shows them
    /// @param readOnly whether the file system itself takes no writes
    record Line(
            String device,
            String root,
            String mountPoint,
            String type,
            String source,
            String options,
            boolean readOnly) {}

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");
    private static final int FIXED_FIELDS = 6;

    private MountTable() {}

    /// Reads the text; lines that are not understood are left out.
    static List<Line> parse(List<String> lines) {
        List<Line> result = new ArrayList<>();
        for (String line : lines) {
            int separator = line.indexOf(" - ");
            if (separator < 0) {
                continue;
            }
            String[] fields = line.substring(0, separator).split(" ", -1);
            String[] tail = line.substring(separator + 3).split(" ", -1);
            if (fields.length < FIXED_FIELDS || tail.length < 3) {
                continue;
            }
            boolean readOnly = List.of(tail[2].split(",", -1)).contains("ro");
            result.add(
                    new Line(fields[2], text(fields[3]), text(fields[4]), tail[0], text(tail[1]), tail[2], readOnly));
        }
        return result;
    }

    /// Blanks and the like are written as a backslash and three octal digits.
    private static String text(String field) {
        return ESCAPE.matcher(field)
                .replaceAll(m -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(m.group(1), 8))));
    }
}
