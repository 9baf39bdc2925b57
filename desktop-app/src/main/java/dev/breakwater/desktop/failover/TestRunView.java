package dev.breakwater.desktop.failover;

import dev.breakwater.control.ApiError;
import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.JobMarks;
import dev.breakwater.desktop.parts.JobSteps;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A test failover as it goes: its steps with how long they took, then what came of it. Used by its own page and
/// wherever a test is to be followed; whoever uses it calls [#show(JobView, Instant)] with each change.
public final class TestRunView extends VBox {

    private static final double SCREEN_WIDTH = 480;
    private static final double NAME_WIDTH = 288;

    private final PageContext context;
    private final Texts texts;
    private final Label state = new Label();
    private final JobSteps steps;
    private final ImageView screen = new ImageView();
    private final Label noScreen = new Label();
    private final VBox result = new VBox();
    private final Card resultCard;
    private @Nullable UUID pictured;

    /// A view that knows nothing yet.
    public TestRunView(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        state.getStyleClass().add("mark");
        state.setId("test-state");
        steps = new JobSteps(texts, context.units());
        screen.setPreserveRatio(true);
        screen.setFitWidth(SCREEN_WIDTH);
        screen.setAccessibleText(texts.get("failover.screen"));
        screen.managedProperty().bind(screen.imageProperty().isNotNull());
        noScreen.getStyleClass().add("quiet");
        noScreen.setWrapText(true);
        noScreen.managedProperty().bind(noScreen.textProperty().isNotEmpty());
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
        state.setText(texts.of("estate.job-state", job.state()));
        state.setGraphic(JobMarks.icon(job.state()));
        steps.show(job, now);
        result(job);
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
        CleanUpRequest verdict = job.result().verdict();
        if (verdict != null && verdict.outcome() != null) {
            line(texts.get("failover.outcome"), texts.of("failover.outcome", verdict.outcome()));
        }
        if (verdict != null && verdict.notes() != null) {
            line(texts.get("failover.notes"), verdict.notes());
        }
        if (seen.screenshot() != null) {
            picture(job.id());
        }
    }

    /// The screenshot, asked for once: it is taken when the test has ended, and stays as it is.
    private void picture(UUID test) {
        VBox picture = new VBox(screen, noScreen);
        picture.getStyleClass().add("row");
        result.getChildren().add(picture);
        if (test.equals(pictured)) {
            return;
        }
        pictured = test;
        screen.setImage(null);
        noScreen.setText("");
        context.ask(
                new ScreenshotOf(test),
                bytes -> {
                    if (test.equals(pictured)) {
                        Image image = new Image(new ByteArrayInputStream(bytes), SCREEN_WIDTH * 2, 0, true, true);
                        screen.setImage(image.isError() ? null : image);
                        noScreen.setText(image.isError() ? texts.get("failover.screen.unreadable") : "");
                    }
                },
                reason -> {
                    if (test.equals(pictured)) {
                        noScreen.setText(reason);
                    }
                });
    }

    private String seconds(@Nullable Double seconds) {
        return context.units().measured(seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private void line(String name, String figure) {
        Label label = new Label(name);
        label.getStyleClass().add("quiet");
        label.setMinWidth(NAME_WIDTH);
        Value value = new Value(texts);
        value.show(figure);
        value.setWrapText(true);
        HBox row = new HBox(label, value);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("row");
        result.getChildren().add(row);
    }
}
