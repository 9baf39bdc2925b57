package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.texts.Texts;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All keys on one sheet (`?`).
final class ShortcutSheet extends VBox {

    ShortcutSheet(Texts texts) {
        getStyleClass().add("dialog-frame");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(texts.get("shell.shortcuts"));
        setFocusTraversable(true);
        Label title = new Label(texts.get("shell.shortcuts"));
        title.getStyleClass().add("dialog-title");
        getChildren().addAll(title, new ShortcutRows(texts));
    }
}
