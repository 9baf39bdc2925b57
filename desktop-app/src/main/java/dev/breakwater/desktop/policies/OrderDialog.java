package dev.breakwater.desktop.policies;

import dev.breakwater.desktop.door.Door;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.DialogFrame;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.PageContext;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A dialog that gives one order about policies: what it costs, what came of it if it was refused.
final class OrderDialog {

    private static final double WIDTH = 640;

    private final PageContext context;
    private final ActionButton does;
    private final DialogFrame frame;
    private final Label problem = new Label();
    private final BooleanProperty sending = new SimpleBooleanProperty();
    private @Nullable String nothing;

    /// A dialog; [#open] shows it.
    ///
    /// @param action what its button says
    OrderDialog(PageContext context, String title, String action) {
        this.context = context;
        problem.setId("policy-problem");
        problem.getStyleClass().add("tone-danger");
        problem.setWrapText(true);
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        does = new ActionButton(action);
        does.setId("policy-do");
        sending.addListener((property, was, now) -> refuse());
        frame = new DialogFrame(
                context.texts(), title, WIDTH, does, () -> context.navigator().closeOverlay());
    }

    /// The button that gives the order.
    ActionButton does() {
        return does;
    }

    /// Whether an order is under way: what it is about must not change meanwhile.
    ReadOnlyBooleanProperty sending() {
        return sending;
    }

    /// Says why there is nothing to order at present; null if there is something.
    void nothingToDo(@Nullable String why) {
        nothing = why;
        refuse();
    }

    private void refuse() {
        does.refuse(sending.get() ? context.texts().get("parts.sending") : nothing);
    }

    /// Shows it above the page.
    ///
    /// @param first gets the keyboard
    void open(Node first, Node... content) {
        frame.add(content);
        frame.add(problem);
        context.navigator().showDialog(frame);
        Platform.runLater(first::requestFocus);
    }

    /// Marks a sentence as a cost that cannot be taken back, or as something good to know.
    static void mark(Label sentence, boolean costs) {
        sentence.setGraphic(
                costs ? Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning") : Marks.icon(Feather.INFO, "tone-muted"));
        sentence.getStyleClass().setAll("label", "mark", costs ? "strong" : "quiet");
    }

    /// Gives the order; the dialog stays open if it was refused, and the order may be given again.
    ///
    /// @param done what to say when it was taken
    <T> void send(Door.Question<T> order, String done) {
        sending.set(true);
        problem.setText("");
        context.order(
                frame,
                order,
                answer -> {
                    context.navigator().close(frame);
                    context.navigator().toast(done);
                },
                reason -> {
                    problem.setText(reason);
                    sending.set(false);
                });
    }
}
