package dev.breakwater.desktop.parts;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A framed part of a page with a title, and perhaps something at the title's right.
public final class Card extends VBox {

    private final HBox head;

    /// A card.
    public Card(String title, Node... content) {
        getStyleClass().add("card-frame");
        Label label = new Label(title);
        label.getStyleClass().add("card-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        head = new HBox(label, space);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("card-head");
        getChildren().add(head);
        getChildren().addAll(content);
    }

    /// Adds something at the right of the title.
    public Card aside(Node node) {
        head.getChildren().add(node);
        return this;
    }
}
