package dev.breakwater.desktop.parts;

import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import javafx.scene.control.Label;

/// A figure. What is not known is a dash, and spoken as "unknown".
public final class Value extends Label {

    private final Texts texts;

    /// A figure that is not known yet.
    public Value(Texts texts, String... styleClasses) {
        this.texts = texts;
        getStyleClass().add("value");
        getStyleClass().addAll(styleClasses);
        show(Units.UNKNOWN);
    }

    /// Shows it as [Units] wrote it.
    public void show(String figure) {
        setText(figure);
        setAccessibleText(figure.equals(Units.UNKNOWN) ? texts.get("texts.unknown") : figure);
    }
}
