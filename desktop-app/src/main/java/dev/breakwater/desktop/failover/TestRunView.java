package dev.breakwater.desktop.failover;

import dev.breakwater.control.ApiError;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

    /// A screen of text or a desktop is far smaller.
    private static final long MAX_PICTURE_BYTES = 16 << 20;

    private final PageContext context;
    private final Texts texts;
    private final Label state = new Label();
    private final JobSteps steps;
    private final ImageView screen = new ImageView();
    private final VBox result = new VBox();
    private final Card resultCard;
    private @Nullable String pictured;

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
        line(texts.get("failover.screenshot"), seen.screenshot() == null ? Units.UNKNOWN : seen.screenshot());
        picture(seen.screenshot()).ifPresent(picture -> {
            screen.setImage(picture);
            result.getChildren().add(screen);
        });
    }

    /// The screenshot, if it lies on this computer and is one: an engine elsewhere may name any file.
    private Optional<Image> picture(@Nullable String file) {
        if (file == null || !file.endsWith(".png")) {
            return Optional.empty();
        }
        if (file.equals(pictured)) {
            return Optional.ofNullable(screen.getImage());
        }
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path) || Files.size(path) > MAX_PICTURE_BYTES) {
                return Optional.empty();
            }
            Image image = new Image(path.toUri().toString());
            pictured = file;
            return image.isError() ? Optional.empty() : Optional.of(image);
        } catch (InvalidPathException | IOException _) {
            // Its name, which stands beside, is all that can be told of a file that is not here.
            return Optional.empty();
        }
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
