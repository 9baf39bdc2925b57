package dev.breakwater.desktop.parts;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;

/// Stands where there is nothing to show: an icon, one sentence, perhaps one button.
public final class EmptyState extends VBox {

    /// Without a button.
    public EmptyState(Ikon icon, String sentence) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        Label text = new Label(sentence);
        text.setWrapText(true);
        getChildren().addAll(Marks.icon(icon, "tone-muted"), text);
    }

    /// With a button.
    public EmptyState(Ikon icon, String sentence, String button, Runnable action) {
        this(icon, sentence);
        Button does = new Button(button);
        does.setOnAction(event -> action.run());
        getChildren().add(does);
    }
}
