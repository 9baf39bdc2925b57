package dev.breakwater.desktop.setup;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.control.admin.TestFailoverState;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.failover.TestRunView;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.texts.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The first test failover: the proof that what was set up can be recovered. Not having run one is no obstacle.
final class TestStep implements Step {

    private static final String MACHINE = "test.machine";

    private final SetupDesk desk;
    private final Texts texts;
    private final ComboBox<String> machine = new ComboBox<>();
    private final ActionButton run;
    private final ActionButton cleanUp;
    private final Label waiting = new Label();
    private final Label problem = new Label();
    private final TestRunView progress;
    private final VBox content;

    TestStep(SetupDesk desk) {
        this.desk = desk;
        this.texts = desk.texts();
        machine.setId("test-machine");
        machine.setAccessibleText(texts.get("setup.test.machine"));
        machine.setOnAction(event -> {
            String chosen = machine.getValue();
            if (chosen != null) {
                desk.answer(MACHINE, chosen);
            }
        });
        run = new ActionButton(
                texts.get("setup.test.run"),
                () -> order((engine, id) -> engine.testFailover(
                        id, new TestFailoverRequest(TestFailoverRequest.LATEST, null, null, null))));
        run.setId("test-run");
        cleanUp = new ActionButton(
                texts.get("setup.test.clean-up"),
                () -> order((engine, id) -> engine.cleanUpTestFailover(id, CleanUpRequest.SAYING_NOTHING)));
        cleanUp.setId("test-clean-up");
        Label name = new Label(texts.get("setup.test.machine"));
        name.setLabelFor(machine);
        HBox order = new HBox(machine, run, cleanUp);
        order.setSpacing(8);
        order.setAlignment(Pos.CENTER_LEFT);
        waiting.getStyleClass().add("quiet");
        waiting.setWrapText(true);
        problem.getStyleClass().add("step-problem");
        problem.setGraphic(Marks.icon(Feather.ALERT_OCTAGON, "tone-danger"));
        problem.setWrapText(true);
        progress = new TestRunView(desk.context());
        VBox choice = new VBox(name, order, waiting, problem);
        choice.getStyleClass().add("fields");
        content = new VBox(choice, progress);
        content.getStyleClass().add("choices");
        fail(null);
    }

    /// An order about a machine.
    @FunctionalInterface
    private interface Order {
        JobView give(AdminClient engine, String machine) throws IOException, InterruptedException;
    }

    private void order(Order order) {
        Optional<MachineView> chosen = chosen();
        if (chosen.isEmpty()) {
            return;
        }
        fail(null);
        desk.busy(true);
        String id = chosen.get().id().toString();
        desk.context().ask(engine -> order.give(engine, id), job -> desk.busy(false), refusal -> {
            fail(refusal);
            desk.busy(false);
        });
    }

    private void fail(@Nullable String words) {
        problem.setText(words);
        problem.setVisible(words != null);
        problem.setManaged(words != null);
    }

    private List<MachineView> machines() {
        Figures figures = desk.figures();
        return figures == null ? List.of() : ReviewModel.testable(figures);
    }

    private Optional<MachineView> chosen() {
        return machines().stream()
                .filter(each -> each.name().equals(machine.getValue()))
                .findFirst();
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        List<String> names = machines().stream().map(MachineView::name).toList();
        if (!names.equals(machine.getItems())) {
            machine.getItems().setAll(names);
        }
        String wanted = desk.answer(MACHINE);
        String shown = names.contains(wanted) ? wanted : names.isEmpty() ? null : names.getFirst();
        machine.setValue(shown);
        Optional<MachineView> chosen = chosen();
        TestFailoverState state = chosen.map(MachineView::testFailoverState).orElse(TestFailoverState.NONE);
        String waits = texts.get(waitingKey(names.isEmpty(), state));
        String sending = desk.busy() ? texts.get("parts.sending") : null;
        boolean ready = chosen.isPresent() && state == TestFailoverState.NONE;
        run.refuse(ready ? sending : waits);
        show(cleanUp, state == TestFailoverState.COMPLETED || state == TestFailoverState.FAILED);
        cleanUp.refuse(sending);
        waiting.setText(waits);
        Figures figures = desk.figures();
        Optional<JobView> job = figures == null ? Optional.empty() : chosen.flatMap(each -> newest(figures, each));
        show(progress, job.isPresent());
        if (figures != null) {
            job.ifPresent(shownJob -> progress.show(shownJob, figures.takenAt()));
        }
    }

    private static String waitingKey(boolean none, TestFailoverState state) {
        if (none) {
            return "setup.test.none";
        }
        return switch (state) {
            case NONE -> "setup.test.ready";
            case TEST_FAILOVER_INITIATED -> "setup.test.runs";
            case COMPLETED -> "setup.test.completed";
            case FAILED -> "setup.test.failed";
            case CLEANUP_INITIATED -> "setup.test.cleaning";
        };
    }

    /// The newest job about testing that machine.
    private static Optional<JobView> newest(Figures figures, MachineView machine) {
        return figures.jobs().stream()
                .filter(job -> machine.id().equals(job.machine())
                        && (job.kind() == JobView.Kind.TEST_FAILOVER
                                || job.kind() == JobView.Kind.TEST_FAILOVER_CLEANUP))
                .findFirst();
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @Override
    public Optional<Node> firstProblem() {
        return Optional.empty();
    }

    @Override
    public List<String> creates() {
        return List.of();
    }
}
