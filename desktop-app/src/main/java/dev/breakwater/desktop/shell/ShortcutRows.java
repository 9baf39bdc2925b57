package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.texts.Texts;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/// All keys with what they do.
public final class ShortcutRows extends GridPane {

    /// The keys of `shell/messages` that name a shortcut; each has `shell.key.NAME` and `shell.keys.NAME`.
    static final List<String> NAMES = List.of(
            "search", "sections", "filter", "refresh", "jobs", "back", "panes", "open", "test", "close", "help");

    /// All of them.
    public ShortcutRows(Texts texts) {
        getStyleClass().add("shortcuts");
        int row = 0;
        for (String name : NAMES) {
            Label key = new Label(texts.get("shell.key." + name));
            key.getStyleClass().add("key");
            key.setMinWidth(Region.USE_PREF_SIZE);
            addRow(row++, key, new Label(texts.get("shell.keys." + name)));
        }
    }
}
