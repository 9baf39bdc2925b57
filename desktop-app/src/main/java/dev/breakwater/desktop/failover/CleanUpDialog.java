package dev.breakwater.desktop.failover;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Removes the test machine.
public final class CleanUpDialog extends VBox {

    private CleanUpDialog(PageContext context, MachineView machine, @Nullable JobView test) {
        Texts texts = context.texts();
        Label title = new Label(texts.get("failover.clean-up-of", machine.name()));
        title.getStyleClass().add("dialog-title");
        Label what = new Label(texts.get("failover.clean-up.what"));
        what.setWrapText(true);
        Label result = new Label(
                test == null ? texts.get("failover.clean-up.unknown") : texts.of("estate.job-state", test.state()));
        result.getStyleClass().add("quiet");
        Label problem = new Label();
        problem.setWrapText(true);
        problem.getStyleClass().add("tone-danger");
        Button cancel = new Button(texts.get("failover.cancel"));
        cancel.setOnAction(event -> context.navigator().closeOverlay());
        Button does = new Button(texts.get("failover.clean-up"));
        does.setId("clean-up-start");
        does.getStyleClass().add("accent");
        does.setDefaultButton(true);
        does.setOnAction(event -> {
            does.setDisable(true);
            context.ask(
                    engine -> engine.cleanUpTestFailover(machine.id().toString()),
                    job -> {
                        context.navigator().closeOverlay();
                        context.navigator().toast(texts.get("failover.clean-up.ordered", machine.name()));
                    },
                    reason -> {
                        problem.setText(reason);
                        does.setDisable(false);
                    });
        });
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(cancel, space, does);
        buttons.getStyleClass().add("actions");
        getChildren().addAll(title, what, result, problem, buttons);
        getStyleClass().addAll("dialog-frame", "failover-dialog", "test");
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(title.getText());
        setMaxSize(560, Region.USE_PREF_SIZE);
    }

    /// Opens it above the page.
    ///
    /// @param test the test's job; absent if it is not among those that are known
    public static void open(PageContext context, MachineView machine, @Nullable JobView test) {
        context.navigator().showDialog(new CleanUpDialog(context, machine, test));
    }
}
