package dev.breakwater.desktop.failover;

import dev.breakwater.control.ApiError;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Duration;
import java.time.Instant;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A test failover as it goes: its steps with how long they took, then what came of it. Used by its own page and
/// wherever a test is to be followed; whoever uses it calls [#show(JobView, Instant)] with each change.
public final class TestRunView extends VBox {

    private final PageContext context;
    private final Texts texts;
    private final Label state = new Label();
    private final VBox steps = new VBox();
    private final VBox result = new VBox();
    private final Card resultCard;

    /// A view that knows nothing yet.
    public TestRunView(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        state.getStyleClass().add("mark");
        state.setId("test-state");
        steps.getStyleClass().add("rows");
        result.getStyleClass().add("rows");
        resultCard = new Card(texts.get("failover.result"), result);
        resultCard.managedProperty().bind(resultCard.visibleProperty());
        getChildren().addAll(new Card(texts.get("failover.steps"), steps).aside(state), resultCard);
        getStyleClass().add("machine-page");
    }

    /// Shows where it stands.
    ///
    /// @param now when this was so
    public void show(JobView job, Instant now) {
        state.setText(texts.of("failover.job", job.state()));
        state.setGraphic(icon(job.state()));
        steps.getChildren().clear();
        if (job.steps().isEmpty()) {
            Label waiting = new Label(texts.get("failover.waiting"));
            waiting.getStyleClass().add("quiet");
            steps.getChildren().add(waiting);
        }
        job.steps().forEach(step -> steps.getChildren().add(row(step, now)));
        result(job);
    }

    private Node row(JobView.Step step, Instant now) {
        Label name = new Label(step.title(), icon(step.state()));
        name.getStyleClass().add("mark");
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        Label word = new Label(texts.of("failover.job", step.state()));
        word.getStyleClass().add("quiet");
        Instant ended = step.finishedAt() == null ? now : step.finishedAt();
        Duration took = step.startedAt() == null ? null : Duration.between(step.startedAt(), ended);
        Value time = new Value(texts, "number", "quiet");
        time.show(context.units().duration(took == null || took.isNegative() ? null : took));
        HBox row = new HBox(name, word, time);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("row");
        return row;
    }

    private static Node icon(JobView.State state) {
        return switch (state) {
            case WAITING -> Marks.icon(Feather.CIRCLE, "tone-muted");
            case RUNNING -> Marks.icon(Feather.ACTIVITY, "tone-accent");
            case SUCCEEDED -> Marks.icon(Feather.CHECK_CIRCLE, "tone-success");
            case FAILED -> Marks.icon(Feather.X_CIRCLE, "tone-danger");
        };
    }

    private void result(JobView job) {
        result.getChildren().clear();
        TestFailoverResult seen = job.result().testFailover();
        ApiError error = job.error();
        resultCard.setVisible(seen != null || error != null);
        if (error != null) {
            Label why = new Label(
                    String.join(" ", error.what(), error.effect(), error.cause(), error.action()),
                    Marks.icon(Feather.ALERT_OCTAGON, "tone-danger"));
            why.setWrapText(true);
            why.getStyleClass().addAll("mark", "row");
            result.getChildren().add(why);
        }
        if (seen == null) {
            return;
        }
        line(texts.get("failover.came-up"), texts.get(seen.booted() ? "failover.yes" : "failover.no"));
        line(texts.get("failover.boot"), seconds(seen.bootSeconds()));
        line(texts.get("failover.rto"), seconds(seen.rtoSeconds()));
        TestFailoverResult.Probe probe = seen.probe();
        line(texts.get("failover.probe"), probe == null || probe.detail() == null ? Units.UNKNOWN : probe.detail());
        line(texts.get("failover.screenshot"), seen.screenshot() == null ? Units.UNKNOWN : seen.screenshot());
    }

    private String seconds(@Nullable Double seconds) {
        return context.units().duration(seconds == null ? null : Duration.ofMillis((long) (seconds * 1000)));
    }

    private void line(String name, String figure) {
        Label label = new Label(name);
        label.getStyleClass().add("quiet");
        label.setMinWidth(192);
        Value value = new Value(texts);
        value.show(figure);
        value.setWrapText(true);
        HBox row = new HBox(label, value);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("row");
        result.getChildren().add(row);
    }
}
