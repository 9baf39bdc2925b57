package dev.breakwater.desktop.shell;

import atlantafx.base.controls.ModalPane;
import dev.breakwater.desktop.parts.Marks;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What lies above the page: one dialog or drawer, and messages in passing.
final class Overlay extends StackPane {

    /// Long enough to read a sentence.
    private static final Duration TOAST = Duration.seconds(6);

    private final ModalPane modal = new ModalPane();
    private final PauseTransition ending = new PauseTransition(TOAST);
    private @Nullable Node before;
    private @Nullable Label toast;

    /// @param closed is told when a dialog or drawer was closed
    Overlay(Node page, Runnable closed) {
        modal.setId("overlay");
        // It covers the window even while it is empty; only what it shows takes the keyboard.
        modal.setFocusTraversable(false);
        modal.addEventFilter(KeyEvent.KEY_PRESSED, this::keepInside);
        modal.displayProperty().addListener((property, was, shown) -> {
            if (!shown) {
                closed.run();
                giveBack(page);
            }
        });
        ending.setOnFinished(event -> removeToast());
        getChildren().addAll(page, modal);
    }

    void dialog(Node dialog) {
        open();
        modal.setAlignment(Pos.CENTER);
        modal.usePredefinedTransitionFactories(null);
        modal.show(dialog);
        dialog.requestFocus();
    }

    void drawer(Node drawer) {
        open();
        modal.setAlignment(Pos.TOP_RIGHT);
        modal.usePredefinedTransitionFactories(Side.RIGHT);
        modal.show(drawer);
        drawer.requestFocus();
    }

    private void open() {
        if (before == null && getScene() != null) {
            before = getScene().getFocusOwner();
        }
    }

    /// Where the keyboard was may have gone meanwhile; in what was closed it would be caught.
    private void giveBack(Node page) {
        Node back = before;
        before = null;
        (back != null && back.getScene() != null ? back : page).requestFocus();
    }

    /// Tab goes round within what is shown: the page behind cannot be used meanwhile.
    private void keepInside(KeyEvent event) {
        if (event.getCode() != KeyCode.TAB || event.isControlDown() || modal.getContent() == null) {
            return;
        }
        List<Node> stops = Panes.focusable(modal.getContent()).toList();
        Node focused = getScene().getFocusOwner();
        if (stops.isEmpty() || focused == null) {
            return;
        }
        if (event.isShiftDown() && focused.equals(stops.getFirst())) {
            stops.getLast().requestFocus();
            event.consume();
        } else if (!event.isShiftDown() && focused.equals(stops.getLast())) {
            stops.getFirst().requestFocus();
            event.consume();
        }
    }

    boolean isOpen() {
        return modal.isDisplay();
    }

    boolean shows(Node node) {
        return modal.isDisplay() && node.equals(modal.getContent());
    }

    void close() {
        modal.hide();
    }

    void toast(String message) {
        removeToast();
        Label label = Marks.label(Feather.INFO, "tone-accent", message);
        label.getStyleClass().add("toast");
        label.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setAlignment(label, Pos.BOTTOM_CENTER);
        getChildren().add(label);
        toast = label;
        ending.playFromStart();
    }

    private void removeToast() {
        getChildren().remove(toast);
        toast = null;
    }
}
