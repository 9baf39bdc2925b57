package dev.breakwater.desktop.parts;

import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Names with what is known of them, one below the other. What is not known is a dash.
public final class FactRows extends GridPane {

    private final Texts texts;
    private int rows;

    /// No rows yet.
    public FactRows(Texts texts) {
        this.texts = texts;
        getStyleClass().add("form");
    }

    /// Takes all rows away.
    public void clear() {
        getChildren().clear();
        rows = 0;
    }

    /// Adds a row.
    ///
    /// @param value as [Units] wrote it; null or blank if not known
    public FactRows add(String name, @Nullable String value) {
        Label label = new Label(name);
        label.getStyleClass().add("quiet");
        label.setMinWidth(Region.USE_PREF_SIZE);
        Value shown = new Value(texts);
        shown.show(value == null || value.isBlank() ? Units.UNKNOWN : value);
        shown.setWrapText(true);
        label.setLabelFor(shown);
        setHgrow(shown, Priority.ALWAYS);
        addRow(rows++, label, shown);
        return this;
    }
}
