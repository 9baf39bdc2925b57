package dev.breakwater.desktop.failover;

import dev.breakwater.desktop.points.PointPicker;
import dev.breakwater.desktop.points.PointWords;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.RecoveryPoint;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Which point: the latest, the latest application-consistent one, or one of the timeline.
final class PointChoice extends VBox {

    private final List<RecoveryPoint> points;
    private final PointPicker picker;
    private final RadioButton latest;
    private final RadioButton application;
    private final RadioButton custom;

    PointChoice(PageContext context, List<RecoveryPoint> points, @Nullable RecoveryPoint chosen, Instant now) {
        this.points = List.copyOf(points);
        Texts texts = context.texts();
        PointWords words = new PointWords(texts);
        RecoveryPoint newest = points.isEmpty() ? null : points.getLast();
        RecoveryPoint consistent = TestFailoverModel.latestApplication(points).orElse(null);
        latest = new RadioButton(texts.get("failover.latest", said(texts, words, newest, now)));
        application = new RadioButton(texts.get("failover.latest-application", said(texts, words, consistent, now)));
        application.setDisable(consistent == null);
        custom = new RadioButton(texts.get("failover.custom"));
        latest.setId("failover-latest");
        application.setId("failover-application");
        custom.setId("failover-custom");
        ToggleGroup group = new ToggleGroup();
        List.of(latest, application, custom).forEach(button -> button.setToggleGroup(group));
        picker = new PointPicker(context, () -> {});
        picker.show(points, now);
        if (chosen != null) {
            picker.choose(chosen.id());
        }
        boolean older = chosen != null && !chosen.equals(newest);
        group.selectToggle(older ? custom : latest);
        picker.disableProperty().bind(custom.selectedProperty().not());
        getChildren().addAll(latest, application, custom, picker);
        getStyleClass().add("dialog-page");
    }

    private static String said(Texts texts, PointWords words, @Nullable RecoveryPoint point, Instant now) {
        return point == null ? texts.get("failover.no-point") : words.say(point, now);
    }

    /// The point that would be used; absent if there is none.
    @Nullable
    RecoveryPoint chosen() {
        if (custom.isSelected()) {
            return picker.chosen();
        }
        if (application.isSelected()) {
            return TestFailoverModel.latestApplication(points).orElse(null);
        }
        return points.isEmpty() ? null : points.getLast();
    }

    void focus() {
        if (custom.isSelected()) {
            picker.focusTimeline();
        } else {
            (application.isSelected() ? application : latest).requestFocus();
        }
    }
}
