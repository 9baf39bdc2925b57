package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.estate.Readiness;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.SearchField;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.feather.Feather;

/// The filter above the table: a field, menus for what can be chosen, and a chip for each choice made.
final class FilterBar extends FlowPane {

    private static final double ONE_ROW = 900;

    /// The field gives way before the menus go to a second row.
    private static final double NARROWEST_FIELD = 176;

    private static final double WIDEST_FIELD = 280;

    private final Texts texts;
    private final Consumer<MachineFilter> changed;
    private final SearchField field;
    private final MenuButton policies;
    private MachineFilter filter = new MachineFilter("", "", "", "", "", "");

    /// A bar without a filter.
    ///
    /// @param changed is told each change that the user makes
    FilterBar(PageContext context, Consumer<MachineFilter> changed) {
        this.texts = context.texts();
        this.changed = changed;
        getStyleClass().add("filter-bar");
        setAlignment(Pos.CENTER_LEFT);
        // One row as long as it fits; the pane would take the height of two otherwise.
        setPrefWrapLength(ONE_ROW);
        field = new SearchField(texts.get("machines.filter.prompt"), typed -> change(old -> old.withText(typed)));
        MenuButton health = menu("health");
        Stream.concat(
                        Stream.of(MachineFilter.ATTENTION),
                        Stream.of(MachineHealth.values()).map(FilterBar::word))
                .forEach(word ->
                        health.getItems().add(item(healthName(word), () -> change(old -> old.withHealth(word)))));
        MenuButton state = menu("state");
        for (MachineRow.State each : MachineRow.State.values()) {
            state.getItems()
                    .add(item(texts.of("machines.state", each), () -> change(old -> old.withState(word(each)))));
        }
        MenuButton readiness = menu("readiness");
        for (Readiness each : Readiness.values()) {
            readiness
                    .getItems()
                    .add(item(texts.of("estate.readiness", each), () -> change(old -> old.withReadiness(word(each)))));
        }
        policies = menu("policy");
        getChildren().addAll(field, health, state, readiness, policies);
        widthProperty().addListener((property, before, now) -> fitField(now.doubleValue()));
    }

    private void fitField(double width) {
        double menus = getChildren().stream()
                .filter(MenuButton.class::isInstance)
                .mapToDouble(menu -> snapSizeX(menu.prefWidth(USE_COMPUTED_SIZE)) + snapSpaceX(getHgap()))
                .sum();
        field.setPrefWidth(Math.clamp(Math.floor(width - menus), NARROWEST_FIELD, WIDEST_FIELD));
    }

    private MenuButton menu(String name) {
        MenuButton menu = new MenuButton(texts.get("machines.filter." + name));
        menu.setId("filter-" + name);
        return menu;
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(event -> action.run());
        return item;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    SearchField field() {
        return field;
    }

    MachineFilter filter() {
        return filter;
    }

    /// Shows a filter without telling it.
    void show(MachineFilter wanted) {
        filter = wanted;
        field.show(wanted.text());
        chips();
    }

    /// Offers these policies.
    void policies(List<String> names) {
        if (policies.getItems().stream().map(MenuItem::getText).toList().equals(names)) {
            return;
        }
        policies.getItems()
                .setAll(names.stream()
                        .map(name -> item(name, () -> change(old -> old.withPolicy(name))))
                        .toList());
    }

    private void change(UnaryOperator<MachineFilter> by) {
        MachineFilter next = by.apply(filter);
        if (!next.equals(filter)) {
            show(next);
            changed.accept(next);
        }
    }

    private void chips() {
        getChildren().removeIf(node -> node.getStyleClass().contains("chip"));
        chip("health", filter.health(), this::healthName, () -> change(old -> old.withHealth("")));
        chip(
                "state",
                filter.state(),
                word -> texts.get("machines.state." + word.toUpperCase(Locale.ROOT)),
                () -> change(old -> old.withState("")));
        chip(
                "readiness",
                filter.readiness(),
                word -> texts.get("estate.readiness." + word.toUpperCase(Locale.ROOT)),
                () -> change(old -> old.withReadiness("")));
        chip("policy", filter.policy(), name -> name, () -> change(old -> old.withPolicy("")));
        chip("server", filter.server(), name -> name, () -> change(old -> old.withServer("")));
    }

    private void chip(String name, String value, Function<String, String> word, Runnable remove) {
        if (value.isEmpty()) {
            return;
        }
        String text = texts.get("machines.filter.chip", texts.get("machines.filter." + name), word.apply(value));
        Node cross = Marks.icon(Feather.X, "tone-muted");
        Button chip = new Button(text, cross);
        chip.setId("chip-" + name);
        chip.getStyleClass().add("chip");
        chip.setAccessibleText(texts.get("machines.filter.remove", text));
        chip.setOnAction(event -> remove.run());
        getChildren().add(chip);
    }

    private String healthName(String word) {
        return word.equals(MachineFilter.ATTENTION)
                ? texts.get("machines.filter.attention")
                : texts.get("estate.health." + word.toUpperCase(Locale.ROOT));
    }
}
