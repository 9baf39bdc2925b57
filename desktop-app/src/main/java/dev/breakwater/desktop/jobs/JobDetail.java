package dev.breakwater.desktop.jobs;

import dev.breakwater.control.ApiError;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.desktop.estate.JobFigures;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.JobMarks;
import dev.breakwater.desktop.parts.JobSteps;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.PageScroll;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.time.Instant;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// One job: how it stands, its steps, and why it failed.
final class JobDetail extends StackPane {

    private final PageContext context;
    private final Texts texts;
    private final Label title = new Label();
    private final Label facts = new Label();
    private final Hyperlink machine = new Hyperlink();
    private final ProgressBar progress = new ProgressBar();
    private final JobSteps steps;
    private final VBox error = new VBox();
    private final Card failure;
    private @Nullable JobView job;

    JobDetail(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        getStyleClass().add("detail");
        title.getStyleClass().addAll("detail-title", "mark");
        title.setWrapText(true);
        facts.getStyleClass().add("quiet");
        facts.setWrapText(true);
        machine.setOnAction(event -> openMachine());
        progress.setMaxWidth(Double.MAX_VALUE);
        steps = new JobSteps(texts, context.units());
        error.getStyleClass().add("error-parts");
        Button copy = new Button(texts.get("jobs.copy"), Marks.icon(Feather.COPY, "tone-default"));
        copy.setId("copy-error");
        copy.setOnAction(event -> copy());
        failure = new Card(texts.get("jobs.error"), error).aside(copy);
        VBox head = new VBox(title, machine, facts, progress);
        head.getStyleClass().add("detail-head");
        VBox all = new VBox(head, failure, new Card(texts.get("jobs.steps"), steps));
        all.getStyleClass().add("detail-parts");
        PageScroll shown = new PageScroll(all);
        getChildren().add(shown);
    }

    /// Shows a job; gives its room to the list if none is chosen.
    void show(@Nullable JobView wanted, Instant now) {
        job = wanted;
        show(this, wanted != null);
        if (wanted == null) {
            return;
        }
        Units units = context.units();
        title.setText(texts.of("estate.job", wanted.kind()));
        title.setGraphic(JobMarks.icon(wanted.state()));
        machine.setText(wanted.machineName() == null ? "" : wanted.machineName());
        show(machine, wanted.machineName() != null);
        facts.setText(texts.get(
                "jobs.facts",
                texts.of("estate.job-state", wanted.state()),
                units.moment(wanted.createdAt()),
                units.duration(JobFigures.length(wanted, now))));
        progress.setProgress(wanted.progress());
        progress.setAccessibleText(units.percent(wanted.progress()));
        show(progress, !wanted.state().finished());
        steps.show(wanted, now);
        ApiError why = wanted.error();
        show(failure, why != null);
        error.getChildren().clear();
        if (why != null) {
            part("jobs.error.what", why.what());
            part("jobs.error.effect", why.effect());
            part("jobs.error.cause", why.cause());
            part("jobs.error.action", why.action());
            part("jobs.error.code", why.code());
        }
    }

    private static void show(Node node, boolean wanted) {
        node.setVisible(wanted);
        node.setManaged(wanted);
    }

    private void part(String key, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            Label words = new Label(text);
            words.setWrapText(true);
            VBox part = new VBox(quiet(texts.get(key)), words);
            part.getStyleClass().add("error-part");
            error.getChildren().add(part);
        }
    }

    private static Label quiet(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("quiet");
        return label;
    }

    private void openMachine() {
        if (job != null && job.machine() != null) {
            context.navigator().go(PageAddress.of("machine", job.machine().toString()));
        }
    }

    private void copy() {
        if (job == null || job.error() == null) {
            return;
        }
        ClipboardContent content = new ClipboardContent();
        content.putString(texts.get(
                "jobs.copied-text",
                texts.of("estate.job", job.kind()),
                String.valueOf(job.machineName()),
                job.id().toString(),
                job.error().code(),
                job.error().text()));
        Clipboard.getSystemClipboard().setContent(content);
        context.navigator().toast(texts.get("jobs.copied"));
    }
}
