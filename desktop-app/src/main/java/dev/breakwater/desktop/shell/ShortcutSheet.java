package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.texts.Texts;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All keys on one sheet (`?`).
final class ShortcutSheet extends VBox {

    /// The keys of `shell/messages` that name a shortcut; each has `shell.key.NAME` and `shell.keys.NAME`.
    static final List<String> NAMES = List.of(
            "search", "sections", "filter", "refresh", "jobs", "back", "panes", "open", "test", "close", "help");

    ShortcutSheet(Texts texts) {
        getStyleClass().add("dialog-frame");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(texts.get("shell.shortcuts"));
        setFocusTraversable(true);
        Label title = new Label(texts.get("shell.shortcuts"));
        title.getStyleClass().add("dialog-title");
        GridPane grid = new GridPane();
        grid.getStyleClass().add("shortcuts");
        int row = 0;
        for (String name : NAMES) {
            Label key = new Label(texts.get("shell.key." + name));
            key.getStyleClass().add("key");
            grid.addRow(row++, key, new Label(texts.get("shell.keys." + name)));
        }
        getChildren().addAll(title, grid);
    }
}
