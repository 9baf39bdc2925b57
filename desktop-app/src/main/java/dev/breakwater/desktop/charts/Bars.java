package dev.breakwater.desktop.charts;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/// How many fall into each of several classes: a bar each, the number above, the class below.
public final class Bars extends Drawing {

    private static final double LABEL_HEIGHT = 24;
    private static final double NUMBER_HEIGHT = 20;
    private static final double LARGEST_BAR = 56;
    private static final double ROUND = 4;

    private List<Bar> bars = List.of();

    /// A class.
    ///
    /// @param label below it
    /// @param count how many
    /// @param number above it
    /// @param series its colour: 0 to 2
    public record Bar(String label, int count, String number, int series) {}

    /// Bars without data.
    public Bars() {
        getStyleClass().add("bars");
    }

    /// Shows data.
    public void show(List<Bar> data) {
        if (!bars.equals(data)) {
            bars = List.copyOf(data);
            redraw();
        }
    }

    @Override
    protected void draw(GraphicsContext canvas, double width, double height) {
        if (bars.isEmpty()) {
            return;
        }
        int largest = bars.stream().mapToInt(Bar::count).max().orElse(0);
        double bottom = Math.rint(height - LABEL_HEIGHT) + 0.5;
        double column = width / bars.size();
        double bar = Math.min(LARGEST_BAR, column * 0.6);
        canvas.setFont(SMALL);
        canvas.setTextAlign(TextAlignment.CENTER);
        canvas.setLineWidth(1);
        canvas.setStroke(gridColor());
        canvas.strokeLine(0, bottom, width, bottom);
        for (int i = 0; i < bars.size(); i++) {
            Bar each = bars.get(i);
            double middle = column * (i + 0.5);
            double size = largest == 0 ? 0 : (bottom - NUMBER_HEIGHT) * each.count() / largest;
            if (each.count() > 0) {
                // Something is never drawn as nothing.
                size = Math.max(size, 3);
                canvas.setFill(seriesColor(each.series()));
                canvas.fillRoundRect(middle - bar / 2, bottom - size, bar, size, ROUND, ROUND);
                canvas.setFill(textColor());
                canvas.setTextBaseline(VPos.BOTTOM);
                canvas.fillText(each.number(), middle, bottom - size - 4);
            }
            canvas.setFill(textColor());
            canvas.setTextBaseline(VPos.BOTTOM);
            canvas.fillText(each.label(), middle, height);
        }
    }
}
