package dev.breakwater.desktop.policies;

import dev.breakwater.desktop.door.Door;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.PageContext;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A dialog that gives one order about policies: what it costs, what came of it if it was refused.
final class OrderDialog extends VBox {

    private static final double WIDTH = 640;

    private final PageContext context;
    private final Label problem = new Label();
    private final ActionButton does;
    private final BooleanProperty sending = new SimpleBooleanProperty();
    private @Nullable String nothing;

    /// A dialog; [#open] shows it.
    ///
    /// @param action what its button says
    OrderDialog(PageContext context, String title, String action) {
        this.context = context;
        Label head = new Label(title);
        head.getStyleClass().add("dialog-title");
        head.setWrapText(true);
        problem.setId("policy-problem");
        problem.getStyleClass().add("tone-danger");
        problem.setWrapText(true);
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        does = new ActionButton(action);
        does.setId("policy-do");
        does.setDefaultButton(true);
        sending.addListener((property, was, now) -> refuse());
        getChildren().add(head);
        getStyleClass().add("dialog-frame");
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(title);
        setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        setPrefWidth(WIDTH);
    }

    /// The button that gives the order.
    Button does() {
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
        Button cancel = new Button(context.texts().get("policies.cancel"));
        cancel.setCancelButton(true);
        cancel.setOnAction(event -> context.navigator().closeOverlay());
        does.getStyleClass().add("accent");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(cancel, space, does);
        buttons.getStyleClass().add("actions");
        getChildren().addAll(content);
        getChildren().addAll(problem, buttons);
        context.navigator().showDialog(this);
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
                this,
                order,
                answer -> {
                    context.navigator().close(this);
                    context.navigator().toast(done);
                },
                reason -> {
                    problem.setText(reason);
                    sending.set(false);
                });
    }
}
