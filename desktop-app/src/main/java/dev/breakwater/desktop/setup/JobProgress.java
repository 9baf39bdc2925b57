package dev.breakwater.desktop.setup;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A job's steps as they go.
final class JobProgress extends VBox {

    private final Texts texts;
    private final Units units;
    private long shown = -1;

    JobProgress(Texts texts, Units units) {
        this.texts = texts;
        this.units = units;
        getStyleClass().add("rows");
        setAccessibleText(texts.get("setup.job.name"));
    }

    void show(JobView job) {
        long version = 31L * job.id().hashCode() + job.version();
        if (version == shown) {
            return;
        }
        shown = version;
        getChildren().setAll(job.steps().stream().map(this::row).toList());
        if (job.error() != null) {
            Label error = new Label(job.error().text());
            error.getStyleClass().add("step-problem");
            error.setWrapText(true);
            getChildren().add(error);
        }
    }

    private Node row(JobView.Step step) {
        Label title = new Label(step.title());
        VBox words = new VBox(title);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        if (step.detail() != null && !step.detail().isBlank()) {
            Label detail = new Label(step.detail());
            detail.getStyleClass().add("quiet");
            detail.setWrapText(true);
            words.getChildren().add(detail);
        }
        Label took = new Label(took(step));
        took.getStyleClass().add("quiet");
        took.setMinWidth(Label.USE_PREF_SIZE);
        HBox row = new HBox(icon(step), words, took);
        row.getStyleClass().add("row");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private String took(JobView.Step step) {
        if (step.startedAt() != null && step.finishedAt() != null) {
            return units.duration(Duration.between(step.startedAt(), step.finishedAt()));
        }
        return texts.of("setup.job", step.state());
    }

    private static FontIcon icon(JobView.Step step) {
        return switch (step.state()) {
            case WAITING -> Marks.icon(Feather.CIRCLE, "tone-muted");
            case RUNNING -> Marks.icon(Feather.REFRESH_CW, "tone-accent");
            case SUCCEEDED -> Marks.icon(Feather.CHECK_CIRCLE, "tone-success");
            case FAILED -> Marks.icon(Feather.ALERT_OCTAGON, "tone-danger");
        };
    }
}
