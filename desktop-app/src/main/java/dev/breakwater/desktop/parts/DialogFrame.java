package dev.breakwater.desktop.parts;

import dev.breakwater.desktop.texts.Texts;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A dialog's frame: its title, what it is about, and at the foot the way out and the button that does it.
public final class DialogFrame extends VBox {

    /// A frame around nothing yet.
    ///
    /// @param does what the dialog is for; the Enter key presses it
    /// @param cancel closes the dialog
    public DialogFrame(Texts texts, String title, double width, ActionButton does, Runnable cancel) {
        Label head = new Label(title);
        head.getStyleClass().add("dialog-title");
        head.setWrapText(true);
        Button out = new Button(texts.get("parts.cancel"));
        out.setCancelButton(true);
        out.setOnAction(event -> cancel.run());
        does.setDefaultButton(true);
        does.getStyleClass().add("accent");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox foot = new HBox(out, space, does);
        foot.getStyleClass().add("actions");
        getChildren().addAll(head, foot);
        getStyleClass().add("dialog-frame");
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(title);
        setMaxSize(width, Region.USE_PREF_SIZE);
        setPrefWidth(width);
    }

    /// Puts something below what is there already, above the foot.
    public void add(Node... content) {
        getChildren().addAll(getChildren().size() - 1, List.of(content));
    }
}
