package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/// Below the page: whether the engine is heard, running jobs, the worst RPO.
final class StatusBar extends HBox {

    private final Texts texts;
    private final Units units;
    private final Label connection = new Label(null, Marks.icon(Feather.CIRCLE, "tone-inherit"));
    private final Button jobs = new Button(null, Marks.icon(Feather.ACTIVITY, "tone-muted"));
    private final Button worst = new Button(null, Marks.icon(Feather.CLOCK, "tone-muted"));

    StatusBar(Texts texts, Units units, Navigator navigator, Runnable toggleJobs) {
        this.texts = texts;
        this.units = units;
        getStyleClass().add("status-bar");
        setAlignment(Pos.CENTER_LEFT);
        connection.setId("connection");
        connection.getStyleClass().addAll("connection", "mark");
        jobs.setId("running-jobs");
        worst.setId("worst-rpo");
        jobs.getStyleClass().add("flat");
        worst.getStyleClass().add("flat");
        jobs.setOnAction(event -> toggleJobs.run());
        worst.setOnAction(event -> navigator.go(PageAddress.of("machines").with("sort", "rpo")));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(connection, space, jobs, worst);
    }

    void show(StatusModel model) {
        connection.setText(model.connectionText(texts, units));
        connection.setTooltip(model.problem() == null ? null : new Tooltip(model.problem()));
        connection.getStyleClass().removeIf(style -> style.startsWith("tone-"));
        connection
                .getStyleClass()
                .add(
                        switch (model.connection()) {
                            case LIVE -> "tone-success";
                            case STALE -> "tone-warning";
                            case OFFLINE, STOPPED -> "tone-danger";
                            case CONNECTING, ABSENT -> "tone-muted";
                        });
        jobs.setText(model.jobsText(texts));
        worst.setText(model.worstText(texts, units));
    }
}
