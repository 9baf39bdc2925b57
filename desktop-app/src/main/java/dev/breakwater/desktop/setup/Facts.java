package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.texts.Units;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.jspecify.annotations.Nullable;

/// Names with what is known of them.
final class Facts extends GridPane {

    private final String unknown;

    /// @param unknown what a dash is called for screen readers
    Facts(String unknown) {
        this.unknown = unknown;
        getStyleClass().add("form");
    }

    void clear() {
        getChildren().clear();
    }

    void add(String name, @Nullable String value) {
        Label label = new Label(name);
        label.getStyleClass().add("quiet");
        label.setMinWidth(Label.USE_PREF_SIZE);
        Label shown = new Label(value == null ? Units.UNKNOWN : value);
        shown.setAccessibleText(value == null ? unknown : value);
        shown.setWrapText(true);
        int row = (int)
                getChildren().stream().filter(node -> getColumnIndex(node) == 0).count();
        addRow(row, label, shown);
    }
}
