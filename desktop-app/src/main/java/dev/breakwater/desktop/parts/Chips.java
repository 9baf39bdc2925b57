package dev.breakwater.desktop.parts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;

/// Chips of which exactly one is chosen: everything, or one kind of it. Each may tell how many there are.
public final class Chips extends FlowPane {

    /// Asks for the height of one line; they wrap all the same where there is no room.
    private static final double ONE_LINE = 720;

    private final Map<String, ToggleButton> chips = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private String chosen = "";

    /// Chips, the first of them chosen.
    ///
    /// @param names word to what people read; the empty word stands for everything
    /// @param changed is told the word that the user chose
    public Chips(Map<String, String> names, Consumer<String> changed) {
        this.names.putAll(names);
        getStyleClass().add("chips");
        setPrefWrapLength(ONE_LINE);
        setAlignment(Pos.CENTER_LEFT);
        names.forEach((word, name) -> {
            ToggleButton chip = new ToggleButton(name);
            chip.setId("chip-" + (word.isEmpty() ? "all" : word));
            chip.getStyleClass().add("choice-chip");
            chip.setOnAction(event -> {
                boolean same = word.equals(chosen);
                choose(word);
                if (!same) {
                    changed.accept(word);
                }
            });
            chips.put(word, chip);
            getChildren().add(chip);
        });
        choose("");
    }

    /// Chooses without telling anybody; what there is no chip for chooses everything.
    public void choose(String word) {
        chosen = chips.containsKey(word) ? word : "";
        chips.forEach((each, chip) -> chip.setSelected(each.equals(chosen)));
    }

    /// The word that is chosen.
    public String chosen() {
        return chosen;
    }

    /// Tells how many a chip stands for.
    ///
    /// @param count as [dev.breakwater.desktop.texts.Units] wrote it
    public void count(String word, String count) {
        ToggleButton chip = chips.get(word);
        if (chip != null) {
            chip.setText(names.get(word) + "  " + count);
        }
    }
}
