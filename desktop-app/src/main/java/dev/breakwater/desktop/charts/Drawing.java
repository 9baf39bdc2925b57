package dev.breakwater.desktop.charts;

import dev.breakwater.desktop.theme.Theme;
import java.util.List;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

/// A drawing of figures. It is drawn when its data, its size or its colours change and at no other time. Colours come
/// from the style sheet: `-bw-grid`, `-bw-text`, `-bw-series-1` to `-bw-series-3`, `-bw-mark`.
@SuppressWarnings("this-escape") // the style sheet looks at it only once it is in a window
public abstract class Drawing extends Region {

    /// Small text of axes.
    protected static final Font SMALL = Font.font(Theme.FONT, 11);

    private static final StyleablePropertyFactory<Drawing> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());

    private final Canvas canvas = new Canvas();
    private final StyleableProperty<Color> grid = color("-bw-grid", drawing -> drawing.grid);
    private final StyleableProperty<Color> text = color("-bw-text", drawing -> drawing.text);
    private final StyleableProperty<Color> mark = color("-bw-mark", drawing -> drawing.mark);
    private final StyleableProperty<Color> series1 = color("-bw-series-1", drawing -> drawing.series1);
    private final StyleableProperty<Color> series2 = color("-bw-series-2", drawing -> drawing.series2);
    private final StyleableProperty<Color> series3 = color("-bw-series-3", drawing -> drawing.series3);

    /// An empty drawing.
    protected Drawing() {
        getStyleClass().add("drawing");
        getChildren().add(canvas);
        canvas.setManaged(false);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
    }

    private StyleableProperty<Color> color(
            String property, java.util.function.Function<Drawing, StyleableProperty<Color>> of) {
        StyleableProperty<Color> made =
                FACTORY.createStyleableColorProperty(this, property, property, of, Color.TRANSPARENT);
        ((javafx.beans.value.ObservableValue<?>) made).addListener((value, before, now) -> redraw());
        return made;
    }

    /// Draws everything; the canvas is empty.
    ///
    /// @param width of the canvas
    /// @param height of the canvas
    protected abstract void draw(GraphicsContext canvas, double width, double height);

    /// Draws it anew, because the data changed.
    protected final void redraw() {
        if (canvas.getWidth() <= 0 || canvas.getHeight() <= 0) {
            return;
        }
        GraphicsContext context = canvas.getGraphicsContext2D();
        context.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        draw(context, canvas.getWidth(), canvas.getHeight());
    }

    /// Lines of a scale.
    protected final Color gridColor() {
        return grid.getValue();
    }

    /// Words of a scale.
    protected final Color textColor() {
        return text.getValue();
    }

    /// A limit, or what is chosen.
    protected final Color markColor() {
        return mark.getValue();
    }

    /// One of three series, from 0.
    protected final Color seriesColor(int series) {
        return switch (series) {
            case 0 -> series1.getValue();
            case 1 -> series2.getValue();
            default -> series3.getValue();
        };
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            redraw();
        }
    }

    /// What the style sheet may set.
    public static List<CssMetaData<? extends Styleable, ?>> getClassCssMetaData() {
        return FACTORY.getCssMetaData();
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }
}
