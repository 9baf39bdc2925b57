package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.door.Snapshot;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;

/// A step of set-up: its fields, its checks, what it creates. Used on the JavaFX thread. Each has the texts
/// `setup.step.WORD.name`, `….title` and `….intro`.
interface Step {

    /// Its fields; always the same node.
    Node content();

    /// Shows what is known; called when it is opened and with every snapshot while it is.
    void update(Snapshot snapshot);

    /// Checks everything and shows what is wrong.
    ///
    /// @return the first field that is; empty if the step may be left
    Optional<Node> firstProblem();

    /// What it creates, a sentence each; empty if nothing.
    List<String> creates();

    /// What Next is called while it does something other than going on.
    default Optional<String> nextWord() {
        return Optional.empty();
    }

    /// Next was pressed and nothing is wrong.
    ///
    /// @return whether to go on; not if the step does something first and will call [SetupDesk#moved()]
    default boolean next() {
        return true;
    }
}
