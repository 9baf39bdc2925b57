package dev.breakwater.desktop.failover;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.points.PointWords;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.RecoveryPoint;
import java.time.Instant;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Orders a test failover, a page after the other: scope, point, checks, confirmation.
public final class TestFailoverDialog extends VBox {

    private enum Step {
        SCOPE,
        POINT,
        CHECKS,
        CONFIRM;

        private static final List<Step> ALL = List.of(values());

        /// Its number, from 1.
        int number() {
            return ALL.indexOf(this) + 1;
        }

        Step after() {
            return ALL.get(number());
        }

        Step before() {
            return ALL.get(number() - 2);
        }
    }

    private final PageContext context;
    private final Texts texts;
    private final MachineView machine;
    private final Instant at;
    private final PointChoice point;
    private final HBox steps = new HBox();
    private final StackPane place = new StackPane();
    private final Label problem = new Label();
    private final Button back;
    private final ActionButton next;
    private Step step = Step.SCOPE;

    private TestFailoverDialog(
            PageContext context,
            MachineView machine,
            List<RecoveryPoint> points,
            @Nullable RecoveryPoint chosen,
            Instant at) {
        this.context = context;
        this.texts = context.texts();
        this.machine = machine;
        this.at = at;
        point = new PointChoice(context, points, chosen, at);
        Label title = new Label(texts.get("failover.test-of", machine.name()));
        title.getStyleClass().add("dialog-title");
        steps.getStyleClass().add("dialog-steps");
        problem.setWrapText(true);
        problem.getStyleClass().add("tone-danger");
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        Button cancel = new Button(texts.get("parts.cancel"));
        cancel.setId("failover-cancel");
        cancel.setOnAction(event -> context.navigator().closeOverlay());
        back = new Button(texts.get("failover.back"));
        back.setOnAction(event -> go(step.before()));
        next = new ActionButton("", this::forward);
        next.setId("failover-next");
        next.getStyleClass().add("accent");
        next.setDefaultButton(true);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(cancel, space, back, next);
        buttons.getStyleClass().add("actions");
        VBox.setVgrow(place, Priority.ALWAYS);
        place.setAlignment(Pos.TOP_LEFT);
        getChildren().addAll(title, steps, place, problem, buttons);
        getStyleClass().addAll("dialog-frame", "failover-dialog", "test");
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(title.getText());
        setMaxSize(760, Region.USE_PREF_SIZE);
        go(Step.SCOPE);
    }

    /// Opens it above the page.
    ///
    /// @param points the machine's points, oldest first
    /// @param chosen the one that is chosen already; absent if none is
    /// @param at when the engine told this
    public static void open(
            PageContext context,
            MachineView machine,
            List<RecoveryPoint> points,
            @Nullable RecoveryPoint chosen,
            Instant at) {
        TestFailoverDialog dialog = new TestFailoverDialog(context, machine, points, chosen, at);
        context.navigator().showDialog(dialog);
        dialog.next.requestFocus();
    }

    private void forward() {
        if (step == Step.CONFIRM) {
            order();
        } else {
            go(step.after());
        }
    }

    private void go(Step to) {
        step = to;
        problem.setText("");
        back.setVisible(to != Step.SCOPE);
        next.setText(texts.get(to == Step.CONFIRM ? "failover.start" : "failover.next"));
        next.refuse(null);
        steps.getChildren().clear();
        for (Step each : Step.values()) {
            Label label = new Label(texts.get("failover.step-name", each.number(), texts.of("failover.step", each)));
            label.getStyleClass().add(each == to ? "strong" : "quiet");
            steps.getChildren().add(label);
        }
        place.getChildren()
                .setAll(
                        switch (to) {
                            case SCOPE -> scope();
                            case POINT -> point;
                            case CHECKS -> checks();
                            case CONFIRM -> confirm();
                        });
        if (getScene() != null) {
            if (to == Step.POINT) {
                point.focus();
            } else {
                next.requestFocus();
            }
        }
    }

    private Node scope() {
        return page(
                Marks.label(Feather.SHIELD, "tone-accent", texts.get("failover.scope.isolated")),
                Marks.label(Feather.ACTIVITY, "tone-accent", texts.get("failover.scope.replication")),
                Marks.label(Feather.TRASH_2, "tone-accent", texts.get("failover.scope.clean-up")));
    }

    private Node checks() {
        TestFailoverModel model = TestFailoverModel.of(context.door().now(), machine, point.chosen());
        next.refuse(model.block().map(this::sentence).orElse(null));
        VBox rows = new VBox();
        rows.getStyleClass().add("rows");
        model.checks().forEach(check -> rows.getChildren().add(row(check)));
        return rows;
    }

    private Node row(TestFailoverModel.Check check) {
        Label verdict = switch (check.verdict()) {
            case PASS ->
                Marks.label(Feather.CHECK_CIRCLE, "tone-success", texts.of("failover.verdict", check.verdict()));
            case WARN ->
                Marks.label(Feather.ALERT_TRIANGLE, "tone-warning", texts.of("failover.verdict", check.verdict()));
            case BLOCK -> Marks.label(Feather.X_CIRCLE, "tone-danger", texts.of("failover.verdict", check.verdict()));
        };
        verdict.setMinWidth(96);
        Label words = new Label(sentence(check));
        words.setWrapText(true);
        HBox row = new HBox(verdict, words);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("row");
        return row;
    }

    private String sentence(TestFailoverModel.Check check) {
        String sentence = texts.get(
                "failover.check." + check.kind().name() + "." + check.verdict().name());
        RecoveryPoint chosen = point.chosen();
        if (check.why() != null) {
            return sentence + " " + texts.of("estate.refusal", check.why());
        }
        return check.kind() == TestFailoverModel.Kind.REMARKS && chosen != null
                ? (sentence + " " + String.join(" ", chosen.remarks())).strip()
                : sentence;
    }

    private Node confirm() {
        RecoveryPoint chosen = point.chosen();
        String said = chosen == null ? "" : new PointWords(texts).say(chosen, at);
        Label sentence = new Label(texts.get("failover.confirm", machine.name(), said));
        sentence.getStyleClass().add("strong");
        return page(
                sentence,
                Marks.label(Feather.SHIELD, "tone-accent", texts.get("failover.scope.isolated")),
                Marks.label(Feather.TRASH_2, "tone-accent", texts.get("failover.scope.clean-up")));
    }

    private static Node page(Label... lines) {
        VBox page = new VBox(lines);
        for (Label line : lines) {
            line.setWrapText(true);
        }
        page.getStyleClass().add("dialog-page");
        return page;
    }

    private void order() {
        RecoveryPoint chosen = point.chosen();
        if (chosen == null) {
            return;
        }
        next.refuse(texts.get("parts.sending"));
        TestFailoverRequest request = new TestFailoverRequest(chosen.id().toString(), null, null, null);
        context.order(
                this,
                engine -> engine.testFailover(machine.id().toString(), request),
                job -> {
                    if (context.navigator().close(this)) {
                        context.navigator()
                                .go(PageAddress.of("failover", job.id().toString()));
                    } else {
                        context.navigator().toast(texts.get("failover.ordered", machine.name()));
                    }
                },
                reason -> {
                    problem.setText(reason);
                    next.refuse(null);
                });
    }
}
