package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.ReplicationPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// How often points are taken and how long they are kept: a policy that is there, or a new one.
final class PolicyStep implements Step {

    private final SetupDesk desk;
    private final Texts texts;
    private final RadioButton existing = new RadioButton();
    private final RadioButton fresh = new RadioButton();
    private final ComboBox<String> chosen = new ComboBox<>();
    private final Label facts = new Label();
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final GridPane form = new GridPane();
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
        PolicyModel.FIELDS.forEach(this::addField);
        form.getStyleClass().addAll("form", "indented");
        layOut();
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
        button.setOnAction(event -> {
            desk.answer(PolicyModel.MODE, value);
            if (existing.isSelected() && chosen.getValue() != null) {
                desk.answer(PolicyModel.CHOSEN, chosen.getValue());
            }
        });
    }

    /// The name over the whole width, the lengths of time two in a row.
    private void layOut() {
        for (int i = 0; i < 2; i++) {
            ColumnConstraints half = new ColumnConstraints();
            half.setPercentWidth(50);
            form.getColumnConstraints().add(half);
        }
        int place = 0;
        for (Field field : fields.values()) {
            if (place == 0) {
                form.add(field, 0, 0, 2, 1);
            } else {
                form.add(field, (place - 1) % 2, 1 + (place - 1) / 2);
            }
            place++;
        }
    }

    private void addField(String key) {
        String word = key.substring(key.indexOf('.') + 1);
        Field field = new Field(
                "policy-" + word,
                texts.get("setup.policy.field." + word),
                texts.get("setup.policy.hint." + word),
                () -> problem(key));
        field.input().setText(PolicyModel.of(desk.draft()).field(key));
        field.input().textProperty().addListener((property, before, now) -> desk.answer(key, now));
        fields.put(key, field);
    }

    private @Nullable String problem(String key) {
        return PolicyModel.of(desk.draft())
                .problem(key, policies())
                .map(word -> texts.get("setup.policy.problem." + word))
                .orElse(null);
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
        return fields.values().stream().filter(field -> !field.isRight()).toList().stream()
                .findFirst()
                .map(Field::input);
    }

    @Override
    public List<String> creates() {
        PolicyModel model = PolicyModel.of(desk.draft());
        return model.isNew() && !model.name().isEmpty()
                ? List.of(texts.get("setup.policy.creates", model.name()))
                : List.of();
    }
}
