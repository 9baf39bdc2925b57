package dev.breakwater.desktop.shell;

import java.util.function.Function;
import org.kordamp.ikonli.feather.Feather;

/// A kind of page.
///
/// @param page its word in addresses
/// @param title key of its name
/// @param icon its icon
/// @param home the listed page that its name in the path leads to; itself, if the navigation lists it
/// @param make makes the page at its first visit
public record Section(String page, String title, Feather icon, String home, Function<PageContext, Page> make) {

    /// Listed in the navigation, in the order of the list; Ctrl+1 leads to the first.
    public static Section listed(String page, Feather icon, Function<PageContext, Page> make) {
        return new Section(page, page + ".title", icon, page, make);
    }

    /// Reached from other pages only.
    public static Section inner(
            String page, String title, Feather icon, String home, Function<PageContext, Page> make) {
        return new Section(page, title, icon, home, make);
    }

    /// Whether the navigation lists it.
    public boolean listed() {
        return home.equals(page);
    }
}
