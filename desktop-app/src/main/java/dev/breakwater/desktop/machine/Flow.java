package dev.breakwater.desktop.machine;

import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.texts.Texts;
import javafx.geometry.Pos;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;

/// The line between two parts of the way, with what moves on it. Its dashes step while something does.
final class Flow extends VBox {

    private static final double DASH = 12;
    private static final double HEIGHT = 4;

    private final Line line = new Line();
    private final Value rate;
    private boolean flows;

    Flow(Texts texts) {
        rate = new Value(texts, "quiet");
        rate.setWrapText(true);
        getStyleClass().add("flow");
        setAlignment(Pos.CENTER);
        line.getStyleClass().add("flow-line");
        Pane place = new Pane(line);
        place.setMinHeight(HEIGHT);
        place.setMaxHeight(HEIGHT);
        line.setStartX(0);
        line.endXProperty().bind(place.widthProperty());
        line.setStartY(HEIGHT / 2);
        line.setEndY(HEIGHT / 2);
        getChildren().addAll(rate, place);
    }

    void show(String text, boolean moves) {
        rate.show(text);
        flows = moves;
        line.getStyleClass().removeAll("flowing");
        if (moves) {
            line.getStyleClass().add("flowing");
        }
    }

    /// A step of a quarter of a dash and its gap.
    void step() {
        if (flows) {
            line.setStrokeDashOffset((line.getStrokeDashOffset() - DASH / 4) % DASH);
        }
    }
}
