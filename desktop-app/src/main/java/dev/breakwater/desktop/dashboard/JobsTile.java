package dev.breakwater.desktop.dashboard;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.PageContext;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Jobs that run, and the newest that failed.
final class JobsTile {

    private static final int SHOWN = 5;

    private final PageContext context;
    private final Value counts;
    private final VBox list = new VBox();
    private final Card card;

    /// What stands there: new rows at each round would cost more than all the rest of a window at rest.
    private @Nullable List<JobView> shown;

    JobsTile(PageContext context) {
        this.context = context;
        counts = new Value(context.texts(), "quiet");
        list.getStyleClass().add("rows");
        VBox.setVgrow(list, Priority.ALWAYS);
        card = new Card(context.texts().get("dashboard.jobs"), list).aside(counts);
    }

    Node node() {
        return card;
    }

    void show(DashboardModel model) {
        counts.show(context.texts()
                .get(
                        "dashboard.jobs.counts",
                        model.running().size(),
                        model.failed().size()));
        List<JobView> jobs = Stream.concat(model.running().stream(), model.failed().stream())
                .limit(SHOWN)
                .toList();
        if (jobs.equals(shown)) {
            return;
        }
        shown = jobs;
        List<Node> rows = jobs.stream().map(this::row).toList();
        list.getChildren().setAll(rows.isEmpty() ? List.of(empty()) : rows);
    }

    private Node empty() {
        return new EmptyState(Feather.CHECK, context.texts().get("dashboard.jobs.none"));
    }

    private Node row(JobView job) {
        boolean failed = job.state() == JobView.State.FAILED;
        Label kind = failed
                ? Marks.label(Feather.X_CIRCLE, "tone-danger", context.texts().of("estate.job", job.kind()))
                : Marks.label(Feather.ACTIVITY, "tone-accent", context.texts().of("estate.job", job.kind()));
        Label machine = new Label(job.machineName() == null ? "" : job.machineName());
        machine.getStyleClass().add("quiet");
        Label state = new Label(
                failed
                        ? context.units().timeOfDay(job.finishedAt())
                        : context.units().percent(job.progress()));
        state.getStyleClass().addAll("quiet", "number");
        state.setMinWidth(Region.USE_PREF_SIZE);
        HBox below = new HBox(machine);
        below.getStyleClass().add("two-lines");
        if (!failed) {
            ProgressBar bar = new ProgressBar(job.progress());
            bar.setAccessibleText(context.units().percent(job.progress()));
            below.getChildren().addAll(space(), bar);
        }
        below.setAlignment(Pos.CENTER_LEFT);
        HBox above = new HBox(kind, space(), state);
        above.setAlignment(Pos.CENTER_LEFT);
        VBox row = new VBox(above, below);
        row.getStyleClass().addAll("row", "job-row");
        return row;
    }

    private static Region space() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }
}
