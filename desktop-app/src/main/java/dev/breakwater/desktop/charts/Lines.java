package dev.breakwater.desktop.charts;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/// Up to three lines over time, newest at the right. What is not known is a gap.
public final class Lines extends Drawing {

    private static final int STEPS = 3;
    private static final double SCALE_WIDTH = 72;
    private static final double TIME_HEIGHT = 24;
    private static final double TOP = 8;

    /// What a line of text takes.
    private static final double ROOM = 16;

    private final DoubleFunction<String> scale;
    private final DoubleUnaryOperator topOf;
    private List<double[]> series = List.of();
    private String from = "";
    private String to = "";
    private double limit = Double.NaN;
    private String limitName = "";

    /// Lines without data.
    ///
    /// @param scale writes a value at the scale
    /// @param top gives the top of a scale that holds a value
    public Lines(DoubleFunction<String> scale, DoubleUnaryOperator top) {
        this.scale = scale;
        this.topOf = top;
        getStyleClass().add("lines");
    }

    /// Shows data.
    ///
    /// @param data one array per line, all of one length, oldest first; not a number where nothing is known
    /// @param first what stands below the oldest
    /// @param last what stands below the newest
    public void show(List<double[]> data, String first, String last) {
        series = List.copyOf(data);
        from = first;
        to = last;
        redraw();
    }

    /// What should not be passed, drawn as a line of dashes; not a number if there is no such thing. To be followed by
    /// [#show].
    ///
    /// @param name what stands beside it
    public void limit(double value, String name) {
        limit = value;
        limitName = name;
    }

    @Override
    protected void draw(GraphicsContext canvas, double width, double height) {
        double top = topOf.applyAsDouble(largest());
        double right = width - SCALE_WIDTH;
        double bottom = height - TIME_HEIGHT;
        canvas.setFont(SMALL);
        canvas.setLineWidth(1);
        canvas.setTextAlign(TextAlignment.LEFT);
        canvas.setTextBaseline(VPos.CENTER);
        for (int step = 0; step <= STEPS; step++) {
            // Half a pixel makes a line of one pixel sharp.
            double y = Math.rint(bottom - (bottom - TOP) * step / STEPS) + 0.5;
            canvas.setStroke(gridColor());
            canvas.strokeLine(0, y, right, y);
            canvas.setFill(textColor());
            if (top > 0) {
                canvas.fillText(scale.apply(top * step / STEPS), right + 8, y);
            }
        }
        canvas.setTextBaseline(VPos.BOTTOM);
        canvas.fillText(from, 0, height);
        canvas.setTextAlign(TextAlignment.RIGHT);
        canvas.fillText(to, right, height);
        limit(canvas, right, bottom, top);
        canvas.setLineWidth(1.75);
        for (int i = series.size() - 1; i >= 0; i--) {
            line(canvas, series.get(i), i, right, bottom, top);
        }
    }

    private void line(GraphicsContext canvas, double[] values, int index, double right, double bottom, double top) {
        if (top <= 0 || values.length == 0) {
            return;
        }
        double[] drawn = Downsampling.toWidth(values, (int) right);
        canvas.setStroke(seriesColor(index));
        canvas.beginPath();
        boolean open = false;
        for (int i = 0; i < drawn.length; i++) {
            if (Double.isNaN(drawn[i])) {
                open = false;
                continue;
            }
            double x = drawn.length == 1 ? right : right * i / (drawn.length - 1);
            double y = bottom - (bottom - TOP) * drawn[i] / top;
            if (open) {
                canvas.lineTo(x, y);
            } else {
                canvas.moveTo(x, y);
            }
            open = true;
        }
        canvas.stroke();
    }

    private double largest() {
        double largest = Double.isNaN(limit) ? 0 : limit;
        for (double[] values : series) {
            for (double value : values) {
                if (value > largest) {
                    largest = value;
                }
            }
        }
        return largest;
    }

    private void limit(GraphicsContext canvas, double right, double bottom, double top) {
        if (Double.isNaN(limit) || top <= 0) {
            return;
        }
        double y = Math.rint(bottom - (bottom - TOP) * limit / top) + 0.5;
        canvas.setStroke(markColor());
        canvas.setLineWidth(1);
        canvas.setLineDashes(6, 4);
        canvas.strokeLine(0, y, right, y);
        canvas.setLineDashes();
        canvas.setFill(textColor());
        canvas.setTextAlign(TextAlignment.LEFT);
        // Above its line, unless that is at the top.
        boolean above = y > TOP + ROOM;
        canvas.setTextBaseline(above ? VPos.BOTTOM : VPos.TOP);
        canvas.fillText(limitName, 4, above ? y - 2 : y + 2);
    }
}
