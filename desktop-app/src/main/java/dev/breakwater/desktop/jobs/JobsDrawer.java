package dev.breakwater.desktop.jobs;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.estate.JobFigures;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.JobMarks;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The newest jobs at the window's right edge, over whatever page is open (Ctrl+J).
public final class JobsDrawer implements Page {

    private static final double WIDTH = 400;
    private static final double ROW = 56;
    private static final double STANDS = 72;

    private final PageContext context;
    private final Texts texts;
    private final ListView<JobView> list = new ListView<>();
    private final VBox content;
    private Instant now = Instant.EPOCH;

    /// A drawer that knows nothing yet.
    public JobsDrawer(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        Label title = new Label(texts.get("jobs.title"));
        title.getStyleClass().add("dialog-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button close = new Button(null, Marks.icon(Feather.X, "tone-default"));
        close.getStyleClass().addAll("flat", "button-icon");
        close.setAccessibleText(texts.get("jobs.close"));
        close.setOnAction(event -> context.navigator().closeOverlay());
        HBox head = new HBox(title, space, close);
        head.setAlignment(Pos.CENTER_LEFT);
        list.setId("drawer-jobs");
        list.setAccessibleText(texts.get("jobs.title"));
        list.setFixedCellSize(ROW);
        list.setPlaceholder(new EmptyState(Feather.CHECK, texts.get("jobs.none")));
        list.setCellFactory(view -> new Row());
        list.setOnMouseClicked(event -> open());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                open();
                event.consume();
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        Button all = new Button(texts.get("jobs.show-all"));
        all.setId("all-jobs");
        all.setMaxWidth(Double.MAX_VALUE);
        all.setOnAction(event -> context.navigator().go(PageAddress.of("jobs")));
        content = new VBox(head, list, all);
        content.getStyleClass().add("drawer");
        content.setMinWidth(WIDTH);
        content.setMaxWidth(WIDTH);
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        Figures figures = snapshot.figures();
        if (figures != null) {
            now = figures.takenAt();
            JobView selected = list.getSelectionModel().getSelectedItem();
            list.getItems().setAll(inOrder(figures.jobs()));
            if (selected != null) {
                JobsModel.find(list.getItems(), selected.id().toString())
                        .ifPresent(job -> list.getSelectionModel().select(job));
            }
        }
    }

    /// What still moves first; the engine's order otherwise.
    static List<JobView> inOrder(List<JobView> jobs) {
        return jobs.stream()
                .sorted(Comparator.comparing(job -> job.state().finished()))
                .toList();
    }

    private void open() {
        JobView job = list.getSelectionModel().getSelectedItem();
        if (job != null) {
            context.navigator().go(PageAddress.of("jobs", job.id().toString()));
        }
    }

    private final class Row extends ListCell<JobView> {
        @Override
        protected void updateItem(@Nullable JobView job, boolean empty) {
            super.updateItem(job, empty);
            setText(null);
            if (empty || job == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            Units units = context.units();
            Label kind = new Label(texts.of("estate.job", job.kind()), JobMarks.icon(job.state()));
            kind.getStyleClass().add("mark");
            Label machine = new Label(job.machineName() == null ? Units.UNKNOWN : job.machineName());
            machine.getStyleClass().add("quiet");
            VBox what = new VBox(kind, machine);
            what.getStyleClass().add("two-lines");
            what.setAlignment(Pos.CENTER_LEFT);
            what.setMinWidth(0);
            HBox.setHgrow(what, Priority.ALWAYS);
            String stands = job.state() == JobView.State.RUNNING
                    ? units.percent(job.progress())
                    : texts.of("estate.job-state", job.state());
            Label state = new Label(stands);
            state.getStyleClass().add("quiet");
            Label length = new Label(units.duration(JobFigures.length(job, now)));
            length.getStyleClass().add("quiet");
            VBox right = new VBox(state, length);
            right.setAlignment(Pos.CENTER_RIGHT);
            right.setMinWidth(STANDS);
            HBox row = new HBox(what);
            if (job.state() == JobView.State.RUNNING) {
                ProgressBar bar = new ProgressBar(job.progress());
                bar.setPrefWidth(72);
                row.getChildren().add(bar);
            }
            row.getChildren().add(right);
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().addAll("row", "drawer-row");
            setGraphic(row);
            setAccessibleText(String.join(", ", kind.getText(), machine.getText(), stands));
        }
    }
}
