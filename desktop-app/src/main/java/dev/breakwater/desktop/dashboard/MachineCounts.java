package dev.breakwater.desktop.dashboard;

import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A row of numbers of machines, one for each state; each leads to the list of the machines that it counts.
///
/// @param <S> the states
final class MachineCounts<S extends Enum<S>> extends HBox {

    private static final PseudoClass NONE = PseudoClass.getPseudoClass("none");

    private final PageContext context;
    private final String filter;
    private final Map<S, Value> numbers = new LinkedHashMap<>();
    private final Map<S, Button> buttons = new LinkedHashMap<>();

    /// A row that knows nothing yet.
    ///
    /// @param filter the list's filter, which the texts in `estate` and the identities begin with, too
    /// @param order the states from left to right
    /// @param name draws a state's name
    MachineCounts(
            PageContext context, String filter, List<S> order, Function<S, String> tone, Function<S, Label> name) {
        this.context = context;
        this.filter = filter;
        getStyleClass().add("figures");
        for (S state : order) {
            Button button = button(state, tone.apply(state), name.apply(state));
            HBox.setHgrow(button, Priority.ALWAYS);
            button.setPrefWidth(0);
            getChildren().add(button);
        }
    }

    private Button button(S state, String tone, Label name) {
        String word = state.name().toLowerCase(Locale.ROOT);
        Value number = new Value(context.texts(), "figure", tone);
        number.setId(filter + "-" + word + "-number");
        // Neither what is not there nor what nobody has told yet needs a colour.
        number.pseudoClassStateChanged(NONE, true);
        Button button = new Button(null, new VBox(number, name));
        button.setId(filter + "-" + word);
        button.getStyleClass().add("figure-button");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(
                event -> context.navigator().go(PageAddress.of("machines").with(filter, word)));
        numbers.put(state, number);
        buttons.put(state, button);
        return button;
    }

    void show(Map<S, Integer> counts) {
        numbers.forEach((state, number) -> {
            Integer count = counts.get(state);
            Button button = buttons.get(state);
            if (count != null && button != null) {
                String shown = context.units().count(count);
                number.show(shown);
                number.pseudoClassStateChanged(NONE, count == 0);
                button.setAccessibleText(context.texts().of("estate." + filter, state) + ", " + shown);
            }
        });
    }
}
