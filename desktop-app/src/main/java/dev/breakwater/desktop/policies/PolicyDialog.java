package dev.breakwater.desktop.policies;

import dev.breakwater.desktop.door.Door;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.ReplicationPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Makes a policy, changes one for all its machines, or deletes one that no machine follows.
final class PolicyDialog extends VBox {

    private static final double WIDTH = 640;

    private final PageContext context;
    private final Texts texts;
    private final Label problem = new Label();
    private final Button does = new Button();

    private PolicyDialog(PageContext context, String title, String action) {
        this.context = context;
        this.texts = context.texts();
        Label head = new Label(title);
        head.getStyleClass().add("dialog-title");
        head.setWrapText(true);
        problem.setId("policy-problem");
        problem.getStyleClass().add("tone-danger");
        problem.setWrapText(true);
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        does.setText(action);
        does.setId("policy-do");
        does.setDefaultButton(true);
        getChildren().add(head);
        getStyleClass().add("dialog-frame");
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(title);
        setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        setPrefWidth(WIDTH);
    }

    /// Asks for a new one.
    ///
    /// @param taken names that policies have
    static void create(PageContext context, Collection<String> taken) {
        Texts texts = context.texts();
        PolicyDialog dialog = new PolicyDialog(context, texts.get("policies.create-one"), texts.get("policies.create"));
        PolicyForm form = new PolicyForm(texts, PolicyFields.USUAL, () -> taken);
        dialog.does.setOnAction(event -> dialog.order(
                form,
                policy -> dialog.send(
                        engine -> engine.createPolicy(policy), texts.get("policies.created", policy.name()))));
        dialog.open(form.input(PolicyFields.NAME), form);
    }

    /// Asks how one should be.
    static void change(PageContext context, ReplicationPolicy before, long machines) {
        Texts texts = context.texts();
        PolicyDialog dialog = new PolicyDialog(
                context, texts.get("policies.change-of", before.name()), texts.get("policies.change-for", machines));
        Label effect = new Label();
        effect.setId("policy-effect");
        effect.setWrapText(true);
        PolicyForm form = new PolicyForm(texts, PolicyFields.of(before), List::of);
        form.onTyped((field, text) -> dialog.tell(effect, form, before, machines));
        form.fixName();
        dialog.does.setOnAction(event -> dialog.order(
                form,
                policy -> dialog.send(
                        engine -> engine.changePolicy(policy),
                        texts.get("policies.changed", policy.name(), machines))));
        dialog.tell(effect, form, before, machines);
        dialog.open(form.input("rpo"), form, effect);
    }

    private void tell(Label effect, PolicyForm form, ReplicationPolicy before, long machines) {
        Optional<PolicyChangeModel> change =
                form.fields().policy().map(after -> new PolicyChangeModel(before, after, machines));
        PolicyChangeModel.Effect lost = change.map(PolicyChangeModel::effect).orElse(PolicyChangeModel.Effect.NONE);
        boolean loses = lost != PolicyChangeModel.Effect.NONE;
        does.setDisable(change.isPresent() && !change.get().changes());
        effect.setText(texts.get(
                "policies.effect." + lost.name(),
                machines,
                context.units()
                        .duration(change.map(known -> known.after().retention()).orElse(null))));
        effect.setGraphic(
                loses ? Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning") : Marks.icon(Feather.INFO, "tone-muted"));
        effect.getStyleClass().setAll("label", "mark", loses ? "strong" : "quiet");
    }

    /// Asks whether one should go.
    static void delete(PageContext context, String name) {
        Texts texts = context.texts();
        PolicyDialog dialog =
                new PolicyDialog(context, texts.get("policies.delete-of", name), texts.get("policies.delete"));
        Label what = new Label(texts.get("policies.delete.what"));
        what.setWrapText(true);
        dialog.does.setOnAction(event -> dialog.send(
                engine -> {
                    engine.deletePolicy(name);
                    return name;
                },
                texts.get("policies.deleted", name)));
        dialog.open(dialog.does, what);
    }

    private void open(Node first, Node... content) {
        Button cancel = new Button(texts.get("policies.cancel"));
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

    private void order(PolicyForm form, Consumer<ReplicationPolicy> send) {
        Optional<Node> wrong = form.firstProblem();
        if (wrong.isPresent()) {
            wrong.get().requestFocus();
        } else {
            form.fields().policy().ifPresent(send);
        }
    }

    private <T> void send(Door.Question<T> order, String done) {
        does.setDisable(true);
        problem.setText("");
        context.ask(
                order,
                answer -> {
                    context.navigator().closeOverlay();
                    context.navigator().toast(done);
                },
                reason -> {
                    problem.setText(reason);
                    does.setDisable(false);
                });
    }
}
