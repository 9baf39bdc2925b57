package dev.breakwater.desktop.points;

import dev.breakwater.desktop.charts.Drawing;
import dev.breakwater.desktop.points.PointsModel.Move;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/// Points along a line, oldest at the left: diamonds are application-consistent, dots are not, the ring is the choice.
/// Arrows move it, with Ctrl from one application-consistent point to the next; Home and End lead to the ends.
@SuppressWarnings("this-escape") // listeners hear nothing before it is in a window
final class PointTimeline extends Drawing {

    private static final double MARGIN = 16;
    private static final double DOT = 3;
    private static final double DIAMOND = 6;
    private static final double RING = 11;
    private static final double LABEL = 24;

    private final Consumer<PointsModel> changed;
    private PointsModel model = PointsModel.NONE;
    private String from = "";
    private String to = "";

    PointTimeline(Consumer<PointsModel> changed) {
        this.changed = changed;
        getStyleClass().add("timeline");
        setId("point-timeline");
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            Move move = move(event);
            if (move != null) {
                choose(model.moved(move));
                event.consume();
            }
        });
        setOnMousePressed(event -> {
            requestFocus();
            choose(model.choosing(model.nearest((event.getX() - MARGIN) / (getWidth() - 2 * MARGIN))));
        });
    }

    private static @Nullable Move move(KeyEvent event) {
        boolean application = event.isShortcutDown();
        return switch (event.getCode()) {
            case LEFT -> event.isAltDown() ? null : application ? Move.PREVIOUS_APPLICATION : Move.PREVIOUS;
            case RIGHT -> event.isAltDown() ? null : application ? Move.NEXT_APPLICATION : Move.NEXT;
            case HOME -> Move.FIRST;
            case END -> Move.LAST;
            default -> null;
        };
    }

    private void choose(PointsModel next) {
        if (!next.equals(model)) {
            changed.accept(next);
        }
    }

    void show(PointsModel next, String first, String last) {
        model = next;
        from = first;
        to = last;
        redraw();
    }

    @Override
    protected void draw(GraphicsContext canvas, double width, double height) {
        double y = Math.rint((height - LABEL) / 2) + 0.5;
        canvas.setLineWidth(1);
        canvas.setStroke(gridColor());
        canvas.strokeLine(MARGIN, y, width - MARGIN, y);
        points(canvas, width, y, false);
        points(canvas, width, y, true);
        RecoveryPoint chosen = model.point();
        if (chosen != null) {
            double x = x(chosen, width);
            canvas.setStroke(markColor());
            canvas.setLineWidth(2);
            canvas.strokeOval(x - RING, y - RING, 2 * RING, 2 * RING);
        }
        canvas.setFont(SMALL);
        canvas.setFill(textColor());
        canvas.setTextBaseline(VPos.BOTTOM);
        canvas.setTextAlign(TextAlignment.LEFT);
        canvas.fillText(from, MARGIN, height);
        canvas.setTextAlign(TextAlignment.RIGHT);
        canvas.fillText(to, width - MARGIN, height);
    }

    /// Points that would lie on the same pixel are drawn once.
    private void points(GraphicsContext canvas, double width, double y, boolean application) {
        double last = -1;
        canvas.setFill(seriesColor(application ? 0 : 2));
        for (RecoveryPoint point : model.shown()) {
            double x = Math.rint(x(point, width));
            if ((point.type() == PointType.APPLICATION_CONSISTENT) != application || x == last) {
                continue;
            }
            last = x;
            if (application) {
                canvas.fillPolygon(
                        new double[] {x, x + DIAMOND, x, x - DIAMOND},
                        new double[] {y - DIAMOND, y, y + DIAMOND, y},
                        4);
            } else {
                canvas.fillOval(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
            }
        }
    }

    private double x(RecoveryPoint point, double width) {
        return MARGIN + model.place(point) * (width - 2 * MARGIN);
    }
}
