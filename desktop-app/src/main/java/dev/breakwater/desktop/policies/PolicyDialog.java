package dev.breakwater.desktop.policies;

import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.ReplicationPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;

/// Makes a policy, changes one for all its machines, or deletes one that no machine follows.
final class PolicyDialog {

    private PolicyDialog() {}

    /// Asks for a new one.
    ///
    /// @param taken names that policies have
    static void create(PageContext context, Collection<String> taken) {
        Texts texts = context.texts();
        OrderDialog dialog = new OrderDialog(context, texts.get("policies.create-one"), texts.get("policies.create"));
        PolicyForm form = new PolicyForm(texts, PolicyFields.USUAL, () -> taken);
        dialog.does()
                .setOnAction(event -> order(
                        form,
                        policy -> dialog.send(
                                engine -> engine.createPolicy(policy), texts.get("policies.created", policy.name()))));
        dialog.open(form.input(PolicyFields.NAME), form);
    }

    /// Asks how one should be.
    static void change(PageContext context, ReplicationPolicy before, long machines) {
        Texts texts = context.texts();
        OrderDialog dialog = new OrderDialog(
                context, texts.get("policies.change-of", before.name()), texts.get("policies.change-for", machines));
        Label effect = new Label();
        effect.setId("policy-effect");
        effect.setWrapText(true);
        PolicyForm form = new PolicyForm(texts, PolicyFields.of(before), List::of);
        form.onTyped((field, text) -> tell(context, dialog, effect, form, before, machines));
        form.fixName();
        dialog.does()
                .setOnAction(event -> order(
                        form,
                        policy -> dialog.send(
                                engine -> engine.changePolicy(policy),
                                texts.get("policies.changed", policy.name(), machines))));
        tell(context, dialog, effect, form, before, machines);
        dialog.open(form.input("rpo"), form, effect);
    }

    private static void tell(
            PageContext context,
            OrderDialog dialog,
            Label effect,
            PolicyForm form,
            ReplicationPolicy before,
            long machines) {
        Optional<PolicyChangeModel> change =
                form.fields().policy().map(after -> new PolicyChangeModel(before, after, machines));
        PolicyChangeModel.Effect lost = change.map(PolicyChangeModel::effect).orElse(PolicyChangeModel.Effect.NONE);
        boolean loses = lost != PolicyChangeModel.Effect.NONE;
        boolean same = change.isPresent() && !change.get().changes();
        dialog.nothingToDo(same ? context.texts().get("policies.unchanged") : null);
        effect.setText(context.texts()
                .get(
                        "policies.effect." + lost.name(),
                        machines,
                        context.units()
                                .duration(change.map(known -> known.after().retention())
                                        .orElse(null))));
        OrderDialog.mark(effect, loses);
    }

    /// Asks whether one should go.
    static void delete(PageContext context, String name) {
        Texts texts = context.texts();
        OrderDialog dialog =
                new OrderDialog(context, texts.get("policies.delete-of", name), texts.get("policies.delete"));
        Label what = new Label(texts.get("policies.delete.what"));
        what.setWrapText(true);
        dialog.does()
                .setOnAction(event -> dialog.send(
                        engine -> {
                            engine.deletePolicy(name);
                            return name;
                        },
                        texts.get("policies.deleted", name)));
        dialog.open(dialog.does(), what);
    }

    private static void order(PolicyForm form, Consumer<ReplicationPolicy> send) {
        Optional<Node> wrong = form.firstProblem();
        if (wrong.isPresent()) {
            wrong.get().requestFocus();
        } else {
            form.fields().policy().ifPresent(send);
        }
    }
}
