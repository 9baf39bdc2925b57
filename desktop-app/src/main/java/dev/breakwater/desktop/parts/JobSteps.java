package dev.breakwater.desktop.parts;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.desktop.estate.EngineWords;
import dev.breakwater.desktop.estate.JobFigures;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Instant;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The steps of a job: where each stands, what it has moved and how long it took.
public final class JobSteps extends VBox {

    private final Texts texts;
    private final Units units;
    private final EngineWords words;

    /// A view of no job yet.
    public JobSteps(Texts texts, Units units) {
        this.texts = texts;
        this.units = units;
        words = new EngineWords(units);
        getStyleClass().add("rows");
    }

    /// Shows how a job's steps stand.
    ///
    /// @param now when this was so
    public void show(JobView job, Instant now) {
        if (job.steps().isEmpty()) {
            getChildren().setAll(quiet(texts.get("estate.no-steps")));
            return;
        }
        getChildren().setAll(job.steps().stream().map(step -> row(step, now)).toList());
    }

    private Node row(JobView.Step step, Instant now) {
        String title = words.of(step);
        Label name = new Label(title, JobMarks.icon(step.state()));
        name.getStyleClass().add("mark");
        name.setWrapText(true);
        VBox what = new VBox(name);
        what.getStyleClass().add("two-lines");
        String moved = JobFigures.moved(step, texts, units);
        if (!moved.isEmpty()) {
            what.getChildren().add(quiet(moved));
        }
        if (step.detail() != null && !step.detail().isBlank()) {
            Label detail = quiet(step.detail());
            detail.setWrapText(true);
            what.getChildren().add(detail);
        }
        HBox.setHgrow(what, Priority.ALWAYS);
        String length = units.duration(JobFigures.length(step, now));
        Label took = quiet(length);
        took.getStyleClass().add("number");
        took.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(what, took);
        row.setAlignment(Pos.TOP_LEFT);
        row.getStyleClass().add("row");
        row.setAccessibleText(String.join(", ", title, texts.of("estate.job-state", step.state()), moved, length));
        return row;
    }

    private static Label quiet(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("quiet");
        return label;
    }
}
