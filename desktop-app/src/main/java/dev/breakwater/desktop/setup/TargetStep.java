package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.FactRows;
import dev.breakwater.desktop.texts.Texts;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.layout.VBox;

/// Where machines are recovered: the local site, which is the engine's computer.
final class TargetStep implements Step {

    private final Texts texts;
    private final FactRows facts;
    private final VBox content;

    TargetStep(SetupDesk desk) {
        this.texts = desk.texts();
        RadioButton local = new RadioButton(texts.get("setup.target.local"));
        local.setId("target-local");
        local.setSelected(true);
        Label note = new Label(texts.get("setup.target.note"));
        note.getStyleClass().addAll("quiet", "indented");
        note.setWrapText(true);
        facts = new FactRows(texts);
        facts.getStyleClass().add("indented");
        content = new VBox(local, note, facts);
        content.getStyleClass().add("choices");
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        Figures figures = snapshot.figures();
        facts.clear();
        facts.add(
                texts.get("setup.target.tested"),
                figures == null
                        ? null
                        : figures.jobs().stream()
                                .map(job -> job.result().testFailover())
                                .filter(result -> result != null && result.accelerator() != null)
                                .findFirst()
                                .map(result ->
                                        texts.get("setup.target.accelerator", String.valueOf(result.accelerator())))
                                .orElse(texts.get("setup.target.untested")));
    }

    @Override
    public Optional<Node> firstProblem() {
        return Optional.empty();
    }

    @Override
    public List<String> creates() {
        return List.of();
    }
}
