package dev.breakwater.desktop.infrastructure;

import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Units;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Figures side by side, each with its name above and perhaps a bar below. What is not known is a dash, without a bar.
final class Facts extends FlowPane {

    private static final double WIDTH = 152;

    private final PageContext context;

    Facts(PageContext context) {
        this.context = context;
        getStyleClass().add("facts");
    }

    Facts add(String name, String figure) {
        return add(name, figure, null);
    }

    /// A share of a whole.
    ///
    /// @param explained what is measured, shown when the mouse rests on it
    Facts share(String name, @Nullable Double share, String explained) {
        ProgressBar bar = null;
        if (share != null) {
            bar = new ProgressBar(share);
            bar.setMaxWidth(Double.MAX_VALUE);
            bar.setAccessibleText(name);
        }
        add(name, context.units().percent(share), bar);
        Tooltip.install(getChildren().getLast(), new Tooltip(explained));
        return this;
    }

    private Facts add(String name, String figure, @Nullable Node below) {
        Label label = new Label(name);
        label.getStyleClass().add("quiet");
        Value value = new Value(context.texts(), "fact-value");
        value.show(figure.isBlank() ? Units.UNKNOWN : figure);
        VBox fact = new VBox(label, value);
        fact.getStyleClass().add("fact");
        fact.setMinWidth(WIDTH);
        if (below != null) {
            fact.getChildren().add(below);
        }
        getChildren().add(fact);
        return this;
    }
}
