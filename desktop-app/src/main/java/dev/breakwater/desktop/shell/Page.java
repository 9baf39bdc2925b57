package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.door.Snapshot;
import javafx.scene.Node;

/// A page. It is made when it is first visited and kept. All methods are called on the JavaFX thread.
public interface Page {

    /// What it shows; always the same node.
    Node content();

    /// Shows it as an address says; called at each visit, before [#update(Snapshot)].
    default void open(PageAddress address) {}

    /// Shows what is known; called while the page is visible, at each visit and then with snapshots that differ.
    /// Calculations longer than a millisecond or two belong on the page's own worker.
    void update(Snapshot snapshot);

    /// Asks for what the page alone needs; called with every snapshot that it is not updated with, because the engine
    /// says the same again and only clocks would move.
    default void ask(Snapshot snapshot) {}

    /// Its name in the window's path, if it depends on what is shown; empty for the section's own.
    default String title() {
        return "";
    }

    /// Puts the keyboard into the page's filter (Ctrl+F); nothing if it has none.
    default void focusFilter() {}

    /// Opens the test failover of what is shown or selected (Ctrl+T); nothing if there is no such thing.
    default void testFailover() {}
}
