package dev.breakwater.desktop.failover;

import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.TestOutcome;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.DialogFrame;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.util.Locale;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Removes the test machine, and asks what the test showed.
public final class CleanUpDialog {

    private static final double WIDTH = 560;

    private final DialogFrame frame;

    private CleanUpDialog(PageContext context, MachineView machine, @Nullable JobView test) {
        Texts texts = context.texts();
        Label what = new Label(texts.get("failover.clean-up.what"));
        what.setWrapText(true);
        Label result = new Label(
                test == null ? texts.get("failover.clean-up.unknown") : texts.of("estate.job-state", test.state()));
        result.getStyleClass().add("quiet");
        ToggleGroup outcomes = new ToggleGroup();
        HBox choice = new HBox();
        choice.getStyleClass().add("choices");
        for (TestOutcome each : TestOutcome.values()) {
            RadioButton button = new RadioButton(texts.of("failover.outcome", each));
            button.setId("outcome-" + each.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            button.setToggleGroup(outcomes);
            button.setUserData(each);
            button.setSelected(each == likely(test));
            choice.getChildren().add(button);
        }
        TextArea notes = notes();
        Label about = new Label(texts.get("failover.clean-up.notes"));
        about.setLabelFor(notes);
        notes.setAccessibleText(about.getText());
        Label problem = new Label();
        problem.setWrapText(true);
        problem.getStyleClass().add("tone-danger");
        ActionButton does = new ActionButton(texts.get("failover.clean-up"));
        does.setId("clean-up-start");
        frame = new DialogFrame(
                texts,
                texts.get("failover.clean-up-of", machine.name()),
                WIDTH,
                does,
                () -> context.navigator().closeOverlay());
        frame.getStyleClass().addAll("failover-dialog", "test");
        does.setOnAction(event -> {
            does.refuse(texts.get("parts.sending"));
            CleanUpRequest request = said(outcomes, notes);
            context.order(
                    frame,
                    engine -> engine.cleanUpTestFailover(machine.id().toString(), request),
                    job -> {
                        context.navigator().close(frame);
                        context.navigator().toast(texts.get("failover.clean-up.ordered", machine.name()));
                    },
                    reason -> {
                        problem.setText(reason);
                        does.refuse(null);
                    });
        });
        Label asked = new Label(texts.get("failover.clean-up.outcome"));
        frame.add(what, result, new VBox(4, asked, choice), new VBox(4, about, notes), problem);
    }

    /// A field of several lines that Tab leaves: it would keep it as a character, and the keyboard with it.
    private static TextArea notes() {
        TextArea notes = new TextArea();
        notes.setId("clean-up-notes");
        notes.setPrefRowCount(3);
        notes.setWrapText(true);
        notes.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
                notes.requestFocusTraversal(
                        event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
                event.consume();
            }
        });
        notes.textProperty().addListener((property, before, typed) -> {
            if (typed.length() > CleanUpRequest.MAX_NOTES) {
                notes.setText(before);
            }
        });
        return notes;
    }

    private static CleanUpRequest said(ToggleGroup outcomes, TextArea notes) {
        Toggle chosen = outcomes.getSelectedToggle();
        String text = notes.getText().strip();
        return new CleanUpRequest(
                chosen == null ? null : (TestOutcome) chosen.getUserData(), text.isEmpty() ? null : text);
    }

    /// What the test's own probes found, to begin with; nothing if the test is not known.
    private static @Nullable TestOutcome likely(@Nullable JobView test) {
        if (test == null || !test.state().finished()) {
            return null;
        }
        return test.state() == JobView.State.SUCCEEDED ? TestOutcome.SUCCEEDED : TestOutcome.NOT_AS_EXPECTED;
    }

    /// Opens it above the page.
    ///
    /// @param test the test's job; absent if it is not among those that are known
    public static void open(PageContext context, MachineView machine, @Nullable JobView test) {
        context.navigator().showDialog(new CleanUpDialog(context, machine, test).frame);
    }
}
