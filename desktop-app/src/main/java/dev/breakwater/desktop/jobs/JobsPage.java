package dev.breakwater.desktop.jobs;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.estate.JobFigures;
import dev.breakwater.desktop.parts.Chips;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.JobMarks;
import dev.breakwater.desktop.parts.ListTable;
import dev.breakwater.desktop.parts.SearchField;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// All jobs at the left, the chosen one at the right.
public final class JobsPage implements Page {

    private static final String STATE = "state";
    private static final String MACHINE = "machine";

    private final PageContext context;
    private final Texts texts;
    private final Chips states;
    private final SearchField machine;
    private final ListTable<JobView> table;
    private final JobDetail detail;
    private final VBox content;
    private PageAddress address = PageAddress.of("jobs");
    private List<JobView> known = List.of();
    private @Nullable Figures figures;

    /// A list that knows nothing yet.
    public JobsPage(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        states = new Chips(names(), word -> replace(address.with(STATE, word)));
        machine = new SearchField(texts.get("jobs.filter"), typed -> replace(address.with(MACHINE, typed)));
        table = table();
        table.onSelect(this::chosen);
        detail = new JobDetail(context);
        HBox.setHgrow(states, Priority.ALWAYS);
        HBox head = new HBox(machine, states);
        head.getStyleClass().add("list-head");
        head.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(table, Priority.ALWAYS);
        HBox both = new HBox(table, detail);
        both.getStyleClass().add("master-detail");
        VBox.setVgrow(both, Priority.ALWAYS);
        content = new VBox(head, both);
        content.getStyleClass().addAll("page", "list-page");
    }

    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("", texts.get("jobs.all"));
        for (JobView.State state : JobView.State.values()) {
            names.put(word(state), texts.of("estate.job-state", state));
        }
        return names;
    }

    private static String word(JobView.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private ListTable<JobView> table() {
        Units units = context.units();
        return new ListTable<JobView>("jobs", texts.get("jobs.title"), texts, JobView::id)
                .column(
                        "job",
                        texts.get("jobs.column.job"),
                        256,
                        job -> texts.of("estate.job", job.kind()),
                        job -> JobMarks.icon(job.state()))
                .column("state", texts.get("jobs.column.state"), 120, job -> texts.of("estate.job-state", job.state()))
                .column(
                        "machine",
                        texts.get("jobs.column.machine"),
                        136,
                        job -> job.machineName() == null ? Units.UNKNOWN : job.machineName())
                .column("started", texts.get("jobs.column.started"), 216, job -> units.moment(job.createdAt()))
                .column(
                        "number-length",
                        texts.get("jobs.column.length"),
                        112,
                        job -> units.duration(JobFigures.length(job, now())))
                .column("number-progress", texts.get("jobs.column.progress"), 112, job -> units.percent(job.progress()))
                .givingUp("number-progress", "number-length", "started");
    }

    private Instant now() {
        return figures == null ? Instant.EPOCH : figures.takenAt();
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void open(PageAddress wanted) {
        address = wanted;
        states.choose(wanted.parameter(STATE));
        machine.show(wanted.parameter(MACHINE));
        context.ask(
                engine -> engine.jobs(JobsModel.MOST),
                jobs -> {
                    known = jobs;
                    show();
                },
                // The newest jobs are shown from the figures; the status bar tells that the engine is silent.
                problem -> {});
    }

    @Override
    public void update(Snapshot snapshot) {
        Figures heard = snapshot.figures();
        if (heard != null) {
            boolean moved = figures == null || !heard.takenAt().equals(figures.takenAt());
            figures = heard;
            if (moved || table.getItems().isEmpty()) {
                known = JobsModel.merged(known, heard.jobs());
            }
        }
        show();
    }

    @Override
    public void focusFilter() {
        machine.requestFocus();
    }

    private void replace(PageAddress changed) {
        address = changed;
        context.navigator().replace(changed);
        show();
    }

    private void chosen(@Nullable JobView job) {
        replace(new PageAddress(address.page(), job == null ? "" : Objects.toString(job.id()), address.parameters()));
    }

    private void show() {
        if (figures == null) {
            return;
        }
        JobsModel model = JobsModel.of(known, address.parameter(STATE), address.parameter(MACHINE));
        states.count("", context.units().count(model.all()));
        model.counts()
                .forEach((state, count) ->
                        states.count(word(state), context.units().count(count)));
        table.setPlaceholder(empty());
        table.show(model.shown());
        JobView chosen = JobsModel.find(known, address.id()).orElse(null);
        table.select(chosen == null ? null : chosen.id());
        detail.show(chosen, now());
    }

    private Node empty() {
        return known.isEmpty()
                ? new EmptyState(Feather.CHECK, texts.get("jobs.none"))
                : new EmptyState(
                        Feather.FILTER,
                        texts.get("jobs.no-match"),
                        texts.get("jobs.clear"),
                        () -> context.navigator().go(PageAddress.of("jobs")));
    }
}
