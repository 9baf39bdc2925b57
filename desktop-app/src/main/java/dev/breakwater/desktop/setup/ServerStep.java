package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.estate.EngineWords;
import dev.breakwater.desktop.parts.FactRows;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.setup.ServerModel.Check;
import dev.breakwater.desktop.texts.Texts;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Whether configuration server and process server do their work. Each snapshot is a check; the button asks at once.
final class ServerStep implements Step {

    private final SetupDesk desk;
    private final Texts texts;
    private final VBox rows = new VBox();
    private final FactRows facts;
    private final Button again = new Button();
    private final VBox content;

    ServerStep(SetupDesk desk) {
        this.desk = desk;
        this.texts = desk.texts();
        rows.getStyleClass().add("rows");
        again.setId("server-again");
        again.setText(texts.get("setup.server.again"));
        again.setGraphic(Marks.icon(Feather.REFRESH_CW, "tone-muted"));
        again.setOnAction(event -> desk.context().door().refresh());
        facts = new FactRows(texts);
        content = new VBox(facts, rows, again);
        content.getStyleClass().add("choices");
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        rows.getChildren()
                .setAll(ServerModel.of(snapshot).checks().stream()
                        .map(this::row)
                        .toList());
        var figures = snapshot.figures();
        facts.clear();
        facts.add(
                texts.get("setup.server.version"),
                figures == null ? null : figures.status().version());
        facts.add(
                texts.get("setup.server.port"),
                figures == null ? null : Integer.toString(figures.status().httpsPort()));
        facts.add(
                texts.get("setup.server.started"),
                figures == null
                        ? null
                        : desk.context().units().moment(figures.status().startedAt()));
    }

    private Node row(Check check) {
        Label name = new Label(texts.get("setup.server.check." + check.word()));
        VBox words = new VBox(name);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        String told = check.problems().isEmpty()
                ? check.detail()
                : new EngineWords(desk.context().units()).of(check.problems());
        if (!told.isEmpty()) {
            Label detail = new Label(told);
            detail.getStyleClass().add("quiet");
            detail.setWrapText(true);
            words.getChildren().add(detail);
        }
        Label state = new Label(texts.of("setup.server.outcome", check.outcome()));
        state.getStyleClass().add("quiet");
        state.setMinWidth(Label.USE_PREF_SIZE);
        HBox row = new HBox(icon(check), words, state);
        row.getStyleClass().add("row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static FontIcon icon(Check check) {
        return switch (check.outcome()) {
            case PASSED -> Marks.icon(Feather.CHECK_CIRCLE, "tone-success");
            case WARNED -> Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning");
            case FAILED -> Marks.icon(Feather.ALERT_OCTAGON, "tone-danger");
            case WAITING -> Marks.icon(Feather.CLOCK, "tone-muted");
        };
    }

    @Override
    public Optional<Node> firstProblem() {
        return ServerModel.of(desk.snapshot()).usable() ? Optional.empty() : Optional.of(again);
    }

    @Override
    public List<String> creates() {
        return List.of();
    }
}
