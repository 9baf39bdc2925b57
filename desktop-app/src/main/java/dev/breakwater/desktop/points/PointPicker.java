package dev.breakwater.desktop.points;

import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.points.PointsModel.Range;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import dev.breakwater.model.PointId;
import dev.breakwater.model.RecoveryPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A timeline of points with its stretch and, in words, the chosen one.
public final class PointPicker extends VBox {

    private final Texts texts;
    private final Units units;
    private final PointWords words;
    private final Runnable changed;
    private final PointTimeline timeline = new PointTimeline(this::choose);
    private final Value said;
    private final Value detail;
    /// No toggle group: in such an arrow marks the next stretch without showing it.
    private final List<ToggleButton> ranges = new ArrayList<>();
    private List<RecoveryPoint> points = List.of();
    private PointsModel model = PointsModel.NONE;

    /// Without points.
    ///
    /// @param changed hears of each other choice
    public PointPicker(PageContext context, Runnable changed) {
        this.texts = context.texts();
        this.units = context.units();
        this.words = new PointWords(texts);
        this.changed = changed;
        said = new Value(texts, "strong");
        said.setId("point-said");
        said.setMinWidth(Region.USE_PREF_SIZE);
        detail = new Value(texts, "quiet");
        detail.setId("point-detail");
        for (Range range : Range.values()) {
            ToggleButton button = new ToggleButton(texts.of("points.range", range));
            button.setId("range-" + range.name().toLowerCase(Locale.ROOT));
            button.setUserData(range);
            button.setAccessibleText(texts.of("points.range", range));
            button.setOnAction(event -> range(range));
            ranges.add(button);
        }
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(
                Marks.label(Feather.SQUARE, "tone-accent", texts.get("points.legend.application")),
                Marks.label(Feather.CIRCLE, "tone-muted", texts.get("points.legend.crash")),
                space);
        head.getChildren().addAll(ranges);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("point-head");
        FlowPane foot = new FlowPane(said, detail);
        foot.getStyleClass().add("point-foot");
        getChildren().addAll(head, timeline, foot);
        getStyleClass().add("point-picker");
        show(PointsModel.NONE);
    }

    /// Shows points; the choice stays if it is still there, and goes on with the newest if it was that.
    ///
    /// @param all oldest first
    public void show(List<RecoveryPoint> all, Instant now) {
        points = all;
        choose(model.renewed(all, now));
    }

    /// Forgets all points: they are not known.
    public void clear() {
        points = List.of();
        choose(PointsModel.NONE);
    }

    /// Chooses a point, in the smallest stretch that shows it.
    public void choose(PointId wanted) {
        points.stream().filter(point -> point.id().equals(wanted)).findFirst().ifPresent(point -> {
            Range needed = PointsModel.rangeFor(point.time(), model.now());
            Range range = needed.compareTo(model.range()) > 0 ? needed : model.range();
            choose(PointsModel.of(points, range, model.now(), wanted));
        });
    }

    /// The chosen point; absent if there is none.
    public @Nullable RecoveryPoint chosen() {
        return model.point();
    }

    /// Puts the keyboard on the timeline.
    public void focusTimeline() {
        timeline.requestFocus();
    }

    private void range(Range range) {
        RecoveryPoint chosen = model.point();
        choose(PointsModel.of(points, range, model.now(), chosen == null ? null : chosen.id()));
    }

    private void choose(PointsModel next) {
        show(next);
        changed.run();
    }

    private void show(PointsModel next) {
        model = next;
        ranges.forEach(button -> button.setSelected(next.range().equals(button.getUserData())));
        RecoveryPoint point = next.point();
        boolean known = !next.equals(PointsModel.NONE);
        timeline.show(
                next,
                known ? units.moment(next.now().minus(next.range().length())) : "",
                known ? texts.get("points.now") : "");
        said.show(
                point != null
                        ? words.say(point, next.now())
                        : known ? texts.get("points.none-in-range") : Units.UNKNOWN);
        detail.show(
                point == null
                        ? ""
                        : texts.get("points.detail", units.moment(point.time()), units.bytes(point.changedBytes())));
        // Points of one minute have the same age: only their moments tell them apart.
        timeline.setAccessibleText(
                point == null ? said.getText() : texts.get("points.said", said.getText(), detail.getText()));
        timeline.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }
}
