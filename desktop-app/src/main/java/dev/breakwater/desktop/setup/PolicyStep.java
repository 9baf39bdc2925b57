package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.policies.PolicyForm;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.ReplicationPolicy;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

/// How often points are taken and how long they are kept: a policy that is there, or a new one.
final class PolicyStep implements Step {

    private final SetupDesk desk;
    private final Texts texts;
    private final RadioButton existing = new RadioButton();
    private final RadioButton fresh = new RadioButton();
    private final ComboBox<String> chosen = new ComboBox<>();
    private final Label facts = new Label();
    private final PolicyForm form;
    private final VBox content;

    PolicyStep(SetupDesk desk) {
        this.desk = desk;
        this.texts = desk.texts();
        ToggleGroup group = new ToggleGroup();
        choice(existing, group, "existing", texts.get("setup.policy.existing"));
        choice(fresh, group, PolicyModel.NEW, texts.get("setup.policy.new"));
        chosen.setId("policy-chosen");
        chosen.setAccessibleText(texts.get("setup.policy.existing"));
        chosen.setOnAction(event -> {
            String name = chosen.getValue();
            if (name != null && existing.isSelected()) {
                desk.answer(PolicyModel.CHOSEN, name);
            }
        });
        facts.getStyleClass().add("quiet");
        facts.setWrapText(true);
        form = new PolicyForm(
                texts,
                PolicyModel.of(desk.draft()).fields(),
                () -> PolicyModel.of(desk.draft()).taken(policies()));
        form.onTyped((field, text) -> desk.answer(PolicyModel.key(field), text));
        form.getStyleClass().add("indented");
        VBox there = new VBox(chosen, facts);
        there.getStyleClass().addAll("fields", "indented");
        there.disableProperty().bind(existing.selectedProperty().not());
        form.disableProperty().bind(fresh.selectedProperty().not());
        content = new VBox(existing, there, fresh, form);
        content.getStyleClass().add("choices");
    }

    private void choice(RadioButton button, ToggleGroup group, String value, String word) {
        button.setId("policy-" + value);
        button.setText(word);
        button.setToggleGroup(group);
        button.setSelected(PolicyModel.of(desk.draft()).isNew() == value.equals(PolicyModel.NEW));
        // Not its action: an arrow key chooses without one.
        button.selectedProperty().addListener((property, was, selected) -> {
            if (selected) {
                answer(value);
            }
        });
    }

    private void answer(String mode) {
        desk.answer(PolicyModel.MODE, mode);
        if (existing.isSelected() && chosen.getValue() != null) {
            desk.answer(PolicyModel.CHOSEN, chosen.getValue());
        }
    }

    private List<ReplicationPolicy> policies() {
        Figures figures = desk.figures();
        return figures == null ? List.of() : figures.policies();
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        List<String> names = policies().stream().map(ReplicationPolicy::name).toList();
        if (!names.equals(chosen.getItems())) {
            chosen.getItems().setAll(names);
        }
        PolicyModel model = PolicyModel.of(desk.draft());
        if (!model.isNew()) {
            chosen.setValue(model.existing());
        } else if (chosen.getValue() == null && !names.isEmpty()) {
            chosen.setValue(names.getFirst());
        }
        facts.setText(policies().stream()
                .filter(policy -> policy.name().equals(chosen.getValue()))
                .findFirst()
                .map(this::facts)
                .orElse(""));
    }

    private String facts(ReplicationPolicy policy) {
        return texts.get(
                "setup.policy.facts",
                desk.context().units().duration(policy.rpoThreshold()),
                desk.context().units().duration(policy.retention()),
                desk.context().units().duration(policy.crashConsistentEvery()),
                policy.applicationConsistentEvery().isZero()
                        ? texts.get("setup.policy.never")
                        : texts.get(
                                "setup.policy.every",
                                desk.context().units().duration(policy.applicationConsistentEvery())));
    }

    @Override
    public Optional<Node> firstProblem() {
        if (existing.isSelected()) {
            return policies().stream().anyMatch(policy -> policy.name().equals(chosen.getValue()))
                    ? Optional.empty()
                    : Optional.of(chosen);
        }
        return form.firstProblem();
    }

    @Override
    public List<String> creates() {
        PolicyModel model = PolicyModel.of(desk.draft());
        return model.isNew() && !model.name().isEmpty()
                ? List.of(texts.get("setup.policy.creates", model.name()))
                : List.of();
    }
}
