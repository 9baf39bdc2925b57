package dev.breakwater.desktop.failover;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.estate.MachineAction;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.PageScroll;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.time.Instant;
import java.util.UUID;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Follows one test failover; `breakwater://failover/<job>`.
public final class TestRunPage implements Page {

    private final PageContext context;
    private final Texts texts;
    private final TestRunView run;
    private final Hyperlink machine = new Hyperlink();
    private final ActionButton cleanUp;
    private final Label problem = new Label();
    private final PageScroll content;
    private String id = "";
    private @Nullable JobView job;
    private @Nullable MachineView tested;
    private boolean asked;

    /// A page that knows nothing yet.
    public TestRunPage(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        run = new TestRunView(context);
        machine.setOnAction(event -> {
            MachineView shown = tested;
            if (shown != null) {
                context.navigator().go(PageAddress.of("machine", shown.id().toString()));
            }
        });
        cleanUp = new ActionButton(texts.get("failover.clean-up"), () -> {
            MachineView shown = tested;
            if (shown != null) {
                CleanUpDialog.open(context, shown, job);
            }
        });
        cleanUp.setId("test-clean-up");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(machine, space, cleanUp);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("actions");
        problem.setWrapText(true);
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        VBox page = new VBox(head, problem, run);
        page.getStyleClass().addAll("page", "machine-page");
        content = new PageScroll(page);
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public String title() {
        return job == null || job.machineName() == null ? "" : job.machineName();
    }

    @Override
    public void open(PageAddress address) {
        if (!address.id().equals(id)) {
            id = address.id();
            job = null;
            tested = null;
            asked = false;
            run.setVisible(false);
            problem.setText("");
            cleanUp.refuse(texts.get("failover.waiting"));
        }
    }

    @Override
    public void update(Snapshot snapshot) {
        Figures figures = snapshot.figures();
        if (figures == null) {
            return;
        }
        figures.jobs().stream()
                .filter(each -> each.id().toString().equals(id))
                .findFirst()
                .ifPresentOrElse(each -> show(each, figures), () -> old(figures));
    }

    /// A job that is no longer among the newest is asked for once.
    private void old(Figures figures) {
        if (asked) {
            return;
        }
        asked = true;
        UUID wanted;
        try {
            wanted = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            problem.setText(texts.get("failover.no-job"));
            return;
        }
        context.ask(engine -> engine.job(wanted), found -> show(found, figures), problem::setText);
    }

    private void show(JobView found, Figures figures) {
        if (!found.id().toString().equals(id)) {
            return;
        }
        job = found;
        tested = figures.machines().stream()
                .filter(each -> each.id().equals(found.machine()))
                .findFirst()
                .orElse(null);
        machine.setText(found.machineName() == null ? "" : found.machineName());
        Instant now = figures.takenAt();
        run.setVisible(true);
        run.show(found, now);
        MachineView shown = tested;
        boolean ready = shown != null && MachineAction.CLEAN_UP.refusal(shown).isEmpty();
        cleanUp.refuse(
                shown == null
                        ? texts.get("failover.no-machine")
                        : MachineAction.CLEAN_UP
                                .refusal(shown)
                                .map(reason -> texts.of("estate.refusal", reason))
                                .orElse(null));
        cleanUp.getStyleClass().remove("accent");
        if (ready) {
            cleanUp.getStyleClass().add("accent");
        }
    }
}
