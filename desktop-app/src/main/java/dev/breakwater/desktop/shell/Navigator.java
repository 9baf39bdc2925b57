package dev.breakwater.desktop.shell;

import javafx.scene.Node;

/// Leads from page to page. Called on the JavaFX thread.
public interface Navigator {

    /// Goes to a page.
    void go(PageAddress address);

    /// Writes down that the present page shows something else now, for example another filter.
    void replace(PageAddress address);

    /// Shows something above the page, in the middle, until it is closed or Esc is pressed. The keyboard goes back to
    /// where it was.
    void showDialog(Node dialog);

    /// Shows something above the page at the right edge.
    void showDrawer(Node drawer);

    /// Closes the dialog or drawer.
    void closeOverlay();

    /// Whether this dialog or drawer is still what is shown. An answer from the engine may come after somebody has
    /// closed it and opened another.
    boolean shows(Node overlay);

    /// Closes the dialog or drawer if it is still shown.
    ///
    /// @return whether it was
    default boolean close(Node overlay) {
        boolean shown = shows(overlay);
        if (shown) {
            closeOverlay();
        }
        return shown;
    }

    /// Shows some characters beside a section's name in the navigation, for example `3/8`; none if empty.
    void badge(String page, String characters);

    /// Says in passing that something happened; it goes away by itself after some seconds.
    void toast(String message);
}
