package dev.breakwater.desktop.dashboard;

import dev.breakwater.desktop.estate.Readiness;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Units;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// How many of the protected machines could be recovered, and what the others lack; each number leads to the list.
final class ReadinessTile {

    private static final List<Readiness> ORDER = List.of(
            Readiness.READY, Readiness.TEST_OLD, Readiness.NEVER_TESTED, Readiness.TEST_FAILED, Readiness.INCOMPLETE);

    private static final PseudoClass NONE = PseudoClass.getPseudoClass("none");

    private final PageContext context;
    private final Map<Readiness, Value> numbers = new EnumMap<>(Readiness.class);
    private final Map<Readiness, Button> buttons = new EnumMap<>(Readiness.class);
    private final Value total;
    private final Card card;

    ReadinessTile(PageContext context) {
        this.context = context;
        total = new Value(context.texts(), "quiet");
        total.setId("readiness-total");
        HBox row = new HBox();
        row.getStyleClass().add("figures");
        for (Readiness each : ORDER) {
            Button button = button(each);
            HBox.setHgrow(button, Priority.ALWAYS);
            button.setPrefWidth(0);
            row.getChildren().add(button);
        }
        card = new Card(context.texts().get("dashboard.readiness"), row).aside(total);
    }

    private Button button(Readiness readiness) {
        String word = readiness.name().toLowerCase(Locale.ROOT);
        Value number = new Value(context.texts(), "figure", Marks.tone(readiness));
        number.setId("readiness-" + word + "-number");
        Label name = Marks.label(
                Marks.readiness(readiness).getIconCode(),
                Marks.tone(readiness),
                context.texts().of("estate.readiness", readiness));
        Button button = new Button(null, new VBox(number, name));
        button.setId("readiness-" + word);
        button.getStyleClass().add("figure-button");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(
                event -> context.navigator().go(PageAddress.of("machines").with("readiness", word)));
        numbers.put(readiness, number);
        buttons.put(readiness, button);
        return button;
    }

    Node node() {
        return card;
    }

    void show(DashboardModel model) {
        Units units = context.units();
        int all =
                model.readiness().values().stream().mapToInt(Integer::intValue).sum();
        int ready = model.readiness().getOrDefault(Readiness.READY, 0);
        total.show(
                all == 0
                        ? context.texts().get("dashboard.readiness.none")
                        : context.texts().get("dashboard.readiness.share", units.percent((double) ready / all), all));
        model.readiness().forEach((readiness, count) -> {
            Value number = numbers.get(readiness);
            Button button = buttons.get(readiness);
            if (number != null && button != null) {
                number.show(units.count(count));
                number.pseudoClassStateChanged(NONE, count == 0);
                button.setAccessibleText(context.texts().of("estate.readiness", readiness) + ", " + units.count(count));
            }
        });
    }
}
