package dev.breakwater.desktop.dashboard;

import dev.breakwater.desktop.charts.Lines;
import dev.breakwater.desktop.charts.Scales;
import dev.breakwater.desktop.door.Throughput;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// How much flows: sent by the machines, received by the process servers, uploaded to the vault. The three
/// together show where it is slow.
final class ThroughputTile {

    private static final List<String> NAMES = List.of("source", "link", "vault");
    private static final List<Function<Throughput, @Nullable Long>> SERIES =
            List.of(Throughput::source, Throughput::link, Throughput::vault);

    private final PageContext context;
    private final Lines lines;
    private final List<Value> present = new ArrayList<>();
    private final Card card;

    ThroughputTile(PageContext context) {
        this.context = context;
        lines = new Lines(value -> context.units().rate((long) value), Scales::ofNumber);
        VBox.setVgrow(lines, Priority.ALWAYS);
        FlowPane legend = new FlowPane();
        legend.getStyleClass().add("legend");
        for (int i = 0; i < NAMES.size(); i++) {
            legend.getChildren().add(entry(i));
        }
        card = new Card(context.texts().get("dashboard.throughput"), legend, lines);
    }

    private Node entry(int series) {
        Region swatch = new Region();
        swatch.getStyleClass().addAll("swatch", "series-" + (series + 1));
        Value value = new Value(context.texts(), "strong");
        present.add(value);
        HBox entry =
                new HBox(swatch, new Label(context.texts().get("dashboard.throughput." + NAMES.get(series))), value);
        entry.setAlignment(Pos.CENTER_LEFT);
        entry.getStyleClass().add("legend-entry");
        return entry;
    }

    Node node() {
        return card;
    }

    void show(DashboardModel model) {
        List<Throughput> samples = model.throughput();
        if (samples.isEmpty()) {
            return;
        }
        Units units = context.units();
        List<double[]> data = new ArrayList<>();
        StringBuilder spoken = new StringBuilder(context.texts().get("dashboard.throughput"));
        for (int i = 0; i < SERIES.size(); i++) {
            Function<Throughput, @Nullable Long> series = SERIES.get(i);
            data.add(samples.stream()
                    .mapToDouble(sample -> number(series.apply(sample)))
                    .toArray());
            String now = units.rate(series.apply(samples.getLast()));
            present.get(i).show(now);
            spoken.append(", ")
                    .append(context.texts().get("dashboard.throughput." + NAMES.get(i)))
                    .append(' ')
                    .append(present.get(i).getAccessibleText());
        }
        lines.setAccessibleText(spoken.toString());
        lines.show(
                data,
                units.timeOfDay(samples.getFirst().at()),
                units.timeOfDay(samples.getLast().at()));
    }

    private static double number(@Nullable Long value) {
        return value == null ? Double.NaN : value;
    }
}
