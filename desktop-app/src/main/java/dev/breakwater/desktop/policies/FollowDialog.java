package dev.breakwater.desktop.policies;

import dev.breakwater.control.ControlException;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Door;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.points.PointsOf;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Puts machines under another policy, and says before what that costs.
public final class FollowDialog {

    private final PageContext context;
    private final Texts texts;
    private final List<MachineView> machines;
    private final Figures told;
    private final OrderDialog dialog;
    private final ComboBox<String> choice = new ComboBox<>();
    private final GridPane comparison = new GridPane();
    private final VBox costs = new VBox(8);
    private @Nullable List<RecoveryPoint> points;

    private FollowDialog(PageContext context, List<MachineView> machines, Figures told) {
        this.context = context;
        this.texts = context.texts();
        this.machines = List.copyOf(machines);
        this.told = told;
        dialog = new OrderDialog(
                context,
                texts.get(
                        "policies.follow.title",
                        machines.size(),
                        machines.getFirst().name()),
                texts.get("policies.follow.do", machines.size()));
        choice.setId("policy-choice");
        choice.getItems()
                .setAll(told.policies().stream().map(ReplicationPolicy::name).toList());
        choice.valueProperty().addListener((property, was, now) -> tell());
        comparison.getStyleClass().add("form");
        dialog.nothingToDo(texts.get("policies.follow.choose-first"));
        // One policy at a time: orders for two would mix.
        choice.disableProperty().bind(dialog.sending());
        dialog.does().setOnAction(event -> send());
    }

    /// Opens it above the page.
    ///
    /// @param machines at least one, all protected
    /// @param told what the engine said last
    public static void open(PageContext context, List<MachineView> machines, Figures told) {
        FollowDialog asked = new FollowDialog(context, machines, told);
        Label name = new Label(asked.texts.get("policies.follow.policy"));
        name.setLabelFor(asked.choice);
        name.setMinWidth(Region.USE_PREF_SIZE);
        asked.choice.setAccessibleText(name.getText());
        asked.choice.setMaxWidth(Double.MAX_VALUE);
        asked.choice.setPromptText(asked.texts.get("policies.follow.choose"));
        asked.dialog.open(asked.choice, new VBox(4, name, asked.choice), asked.comparison, asked.costs);
        if (machines.size() == 1) {
            context.ask(
                    new PointsOf(machines.getFirst().id().toString()),
                    answer -> {
                        asked.points = answer;
                        asked.tell();
                    },
                    // How many there are is good to know, not needed.
                    problem -> {});
        }
    }

    private void tell() {
        comparison.getChildren().clear();
        costs.getChildren().clear();
        chosen().ifPresent(this::show);
    }

    private Optional<FollowModel> chosen() {
        return told.policies().stream()
                .filter(policy -> policy.name().equals(choice.getValue()))
                .findFirst()
                .map(policy -> FollowModel.of(machines, told.policies(), policy));
    }

    private void show(FollowModel model) {
        Units units = context.units();
        dialog.does().setText(texts.get("policies.follow.do", model.changing().size()));
        dialog.nothingToDo(null);
        if (model.changing().isEmpty()) {
            String same = texts.get("policies.follow.same", machines.size());
            dialog.nothingToDo(same);
            cost(false, same);
            return;
        }
        heading();
        row("name", model, ReplicationPolicy::name);
        row("rpo", model, policy -> units.duration(policy.rpoThreshold()));
        row("crash", model, policy -> units.duration(policy.crashConsistentEvery()));
        row(
                "application",
                model,
                policy -> policy.applicationConsistentEvery().isZero()
                        ? texts.get("policies.never")
                        : units.duration(policy.applicationConsistentEvery()));
        row("retention", model, policy -> units.duration(policy.retention()));
        row("kept", model, policy -> texts.of("policies.kept", PoliciesModel.thinning(policy)));
        String kept = units.duration(model.after().retention());
        for (PolicyChangeModel.Effect effect :
                List.of(PolicyChangeModel.Effect.DELETES, PolicyChangeModel.Effect.THINS)) {
            long losing = model.losing(effect);
            if (losing > 0) {
                cost(true, texts.get("policies.effect." + effect.name(), losing, kept) + counted(effect, model));
            }
        }
        long over = model.overLimit();
        if (over > 0) {
            cost(
                    true,
                    texts.get(
                            "policies.follow.over",
                            over,
                            units.duration(model.after().rpoThreshold())));
        }
        cost(false, texts.get("policies.follow.goes-on", model.changing().size()));
    }

    private String counted(PolicyChangeModel.Effect effect, FollowModel model) {
        List<RecoveryPoint> known = points;
        if (known == null || effect != PolicyChangeModel.Effect.DELETES) {
            return "";
        }
        long older = FollowModel.older(known, model.after().retention(), told.takenAt());
        return " " + texts.get("policies.follow.counted", older, known.size());
    }

    private void heading() {
        int column = 1;
        for (String each : List.of("now", "then")) {
            Label label = new Label(texts.get("policies.follow." + each));
            label.getStyleClass().add("quiet");
            comparison.add(label, column++, 0);
        }
    }

    private void row(String column, FollowModel model, Function<ReplicationPolicy, String> words) {
        Label name = new Label(texts.get("policies.column." + column));
        name.getStyleClass().add("quiet");
        name.setMinWidth(Region.USE_PREF_SIZE);
        String now = model.now(words).orElse(texts.get("policies.follow.several"));
        String then = words.apply(model.after());
        Label before = new Label(now);
        before.setWrapText(true);
        Label after = new Label(then);
        after.setWrapText(true);
        if (!now.equals(then)) {
            after.getStyleClass().add("strong");
        }
        comparison.addRow(comparison.getRowCount(), name, before, after);
    }

    private void cost(boolean costs, String sentence) {
        Label label = new Label(sentence);
        label.setWrapText(true);
        OrderDialog.mark(label, costs);
        this.costs.getChildren().add(label);
    }

    private void send() {
        chosen().ifPresent(model -> send(model.changing(), model.after().name()));
    }

    private void send(List<MachineView> changing, String policy) {
        dialog.send(new Orders(changing, policy, texts), texts.get("policies.follow.done", changing.size(), policy));
    }

    /// One order after the other: what a machine refuses keeps no other from following, and a repeat does no harm.
    private record Orders(List<MachineView> machines, String policy, Texts texts) implements Door.Question<Integer> {

        @Override
        public Integer put(AdminClient engine) throws IOException, InterruptedException {
            List<String> refused = new ArrayList<>();
            for (MachineView machine : machines) {
                try {
                    engine.changePolicy(machine.id().toString(), policy);
                } catch (ControlException e) {
                    refused.add(machine.name() + ": " + e.getMessage());
                }
            }
            if (!refused.isEmpty()) {
                throw new IOException(texts.get(
                        "policies.follow.refused",
                        refused.size(),
                        machines.size(),
                        refused.getFirst(),
                        machines.size() - refused.size()));
            }
            return machines.size();
        }
    }
}
