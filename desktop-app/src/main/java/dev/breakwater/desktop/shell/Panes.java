package dev.breakwater.desktop.shell;

import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;

/// Finds where the keyboard goes in a part of the window.
final class Panes {

    private Panes() {}

    /// The first node in reading order that takes the keyboard.
    static Optional<Node> firstFocusable(Node node) {
        return focusable(node).findFirst();
    }

    /// All of them.
    static Stream<Node> focusable(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return Stream.empty();
        }
        Stream<Node> own = node.isFocusTraversable() ? Stream.of(node) : Stream.empty();
        return node instanceof Parent parent
                ? Stream.concat(own, parent.getChildrenUnmodifiable().stream().flatMap(Panes::focusable))
                : own;
    }
}
