package dev.breakwater.desktop.dashboard;

import dev.breakwater.desktop.estate.MachineHealth;
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

/// How many machines are well; each number leads to the list of them.
final class HealthTile {

    private static final List<MachineHealth> ORDER = List.of(
            MachineHealth.HEALTHY,
            MachineHealth.WARNING,
            MachineHealth.CRITICAL,
            MachineHealth.UNKNOWN,
            MachineHealth.UNPROTECTED);

    private static final PseudoClass NONE = PseudoClass.getPseudoClass("none");

    private final PageContext context;
    private final Map<MachineHealth, Value> numbers = new EnumMap<>(MachineHealth.class);
    private final Map<MachineHealth, Button> buttons = new EnumMap<>(MachineHealth.class);
    private final Value total;
    private final Card card;

    HealthTile(PageContext context) {
        this.context = context;
        total = new Value(context.texts(), "quiet");
        HBox row = new HBox();
        row.getStyleClass().add("figures");
        for (MachineHealth health : ORDER) {
            Button button = button(health);
            HBox.setHgrow(button, Priority.ALWAYS);
            button.setPrefWidth(0);
            row.getChildren().add(button);
        }
        card = new Card(context.texts().get("dashboard.health"), row).aside(total);
    }

    private Button button(MachineHealth health) {
        Value number = new Value(context.texts(), "figure", Marks.tone(health));
        number.setId("health-" + health.name().toLowerCase(Locale.ROOT) + "-number");
        // Nor does what nobody has told yet.
        number.pseudoClassStateChanged(NONE, true);
        Label word = Marks.label(
                Marks.health(health).getIconCode(),
                Marks.tone(health),
                context.texts().of("estate.health", health));
        Button button = new Button(null, new VBox(number, word));
        button.setId("health-" + health.name().toLowerCase(Locale.ROOT));
        button.getStyleClass().add("figure-button");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(event -> context.navigator()
                .go(PageAddress.of("machines").with("health", health.name().toLowerCase(Locale.ROOT))));
        numbers.put(health, number);
        buttons.put(health, button);
        return button;
    }

    Node node() {
        return card;
    }

    void show(DashboardModel model) {
        Units units = context.units();
        total.show(context.texts().get("dashboard.machines", model.machines()));
        model.health().forEach((health, count) -> {
            Value number = numbers.get(health);
            Button button = buttons.get(health);
            if (number != null && button != null) {
                number.show(units.count(count));
                // Nothing to worry about needs no colour.
                number.pseudoClassStateChanged(NONE, count == 0);
                button.setAccessibleText(context.texts().of("estate.health", health) + ", " + units.count(count));
            }
        });
    }
}
