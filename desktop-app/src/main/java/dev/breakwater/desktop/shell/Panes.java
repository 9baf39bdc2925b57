package dev.breakwater.desktop.shell;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;

/// Finds where the keyboard goes in a part of the window.
final class Panes {

    private Panes() {}

    /// The first node in reading order that takes the keyboard.
    static Optional<Node> firstFocusable(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return Optional.empty();
        }
        if (node.isFocusTraversable()) {
            return Optional.of(node);
        }
        return node instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream()
                        .flatMap(child -> firstFocusable(child).stream())
                        .findFirst()
                : Optional.empty();
    }
}
