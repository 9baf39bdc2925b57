package dev.breakwater.desktop.machine;

import dev.breakwater.control.admin.RpoHistory;
import dev.breakwater.desktop.charts.Lines;
import dev.breakwater.desktop.charts.Scales;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The RPO of a machine over a day, with the limit of its policy as a line.
final class RpoCard {

    private final Texts texts;
    private final Units units;
    private final Lines lines;
    private final Value now;
    private final Value usual;
    private final Value breaches;
    private final Label problem = new Label();
    private final Card card;

    RpoCard(PageContext context) {
        texts = context.texts();
        units = context.units();
        lines = new Lines(seconds -> units.duration(Duration.ofSeconds((long) seconds)), Scales::ofDuration);
        lines.setId("machine-rpo");
        VBox.setVgrow(lines, Priority.ALWAYS);
        now = new Value(texts, "strong");
        usual = new Value(texts, "strong");
        breaches = new Value(texts, "strong");
        FlowPane legend = new FlowPane(
                entry("machine.rpo.now", now),
                entry("machine.rpo.usual", usual),
                entry("machine.rpo.breaches", breaches));
        legend.getStyleClass().add("legend");
        problem.getStyleClass().add("quiet");
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        card = new Card(texts.get("machine.rpo"), legend, problem, lines);
        clear();
    }

    private Node entry(String name, Value value) {
        HBox entry = new HBox(new Label(texts.get(name)), value);
        entry.setAlignment(Pos.CENTER_LEFT);
        entry.getStyleClass().add("legend-entry");
        return entry;
    }

    Node node() {
        return card;
    }

    /// Nothing is known yet.
    void clear() {
        now.show(Units.UNKNOWN);
        usual.show(Units.UNKNOWN);
        breaches.show(Units.UNKNOWN);
        problem.setText("");
        lines.show(List.of(), "", "");
        lines.setAccessibleText(texts.get("machine.rpo"));
    }

    /// The engine did not tell.
    void refuse(String reason) {
        problem.setText(reason);
    }

    /// Shows what the engine told.
    ///
    /// @param present the RPO now; absent if not known
    void show(RpoHistory history, @Nullable Duration limit, @Nullable Duration present) {
        RpoModel model = RpoModel.of(history, limit);
        now.show(units.duration(present));
        usual.show(units.duration(model.usual()));
        breaches.show(model.isKnown() && limit != null ? units.count(model.breaches()) : Units.UNKNOWN);
        problem.setText(model.isKnown() ? "" : texts.get("machine.rpo.none"));
        lines.limit(
                limit == null ? Double.NaN : limit.toSeconds(),
                limit == null ? "" : texts.get("machine.rpo.limit", units.duration(limit)));
        lines.setAccessibleText(texts.get(
                "machine.rpo.spoken",
                now.getAccessibleText(),
                usual.getAccessibleText(),
                breaches.getAccessibleText()));
        lines.show(List.of(model.seconds()), units.moment(model.from()), units.moment(model.until()));
    }
}
