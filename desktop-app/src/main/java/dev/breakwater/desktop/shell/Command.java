package dev.breakwater.desktop.shell;

import java.util.List;
import java.util.Locale;
import org.kordamp.ikonli.feather.Feather;

/// Something that the search box can do or lead to.
///
/// @param icon of its kind
/// @param title what it is called
/// @param kind what it is, for people
/// @param action does it
record Command(Feather icon, String title, String kind, Runnable action) {

    /// More than fit below the search field help nobody.
    private static final int MOST = 12;

    /// Those that match what was typed: every word must occur in the title; titles that begin with it come first.
    static List<Command> matching(List<Command> all, String typed, Locale locale) {
        String wanted = typed.strip().toLowerCase(locale);
        List<String> words = List.of(wanted.split(" +", -1));
        return all.stream()
                .filter(command -> {
                    String title = command.title().toLowerCase(locale);
                    return words.stream().allMatch(title::contains);
                })
                .sorted(java.util.Comparator.comparing(
                        command -> !command.title().toLowerCase(locale).startsWith(wanted)))
                .limit(MOST)
                .toList();
    }
}
