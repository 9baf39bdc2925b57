package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.DialogFrame;
import dev.breakwater.desktop.parts.Field;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import javafx.application.Platform;
import javafx.scene.control.Label;
import org.kordamp.ikonli.feather.Feather;

/// Asks under which name the present view is kept, and says if another is replaced.
final class ViewDialog {

    private static final double WIDTH = 480;

    private final PageContext context;
    private final Texts texts;
    private final ViewsModel views;
    private final Field name;
    private final Label replaces;
    private final ActionButton save;
    private final DialogFrame frame;

    private ViewDialog(PageContext context, ViewsModel views) {
        this.context = context;
        this.texts = context.texts();
        this.views = views;
        name = new Field(
                "view-name",
                texts.get("machines.view.name"),
                texts.get("machines.view.name.hint"),
                () -> views.problem(typed())
                        .map(problem -> texts.get(
                                "machines.view.problem." + problem.name(), ViewsModel.LONGEST_NAME, ViewsModel.MOST))
                        .orElse(null));
        name.input().textProperty().addListener((property, before, now) -> tell());
        replaces = Marks.label(Feather.ALERT_TRIANGLE, "tone-warning", texts.get("machines.view.replaces"));
        replaces.setId("view-replaces");
        replaces.setWrapText(true);
        replaces.managedProperty().bind(replaces.visibleProperty());
        save = new ActionButton("", this::save);
        save.setId("view-keep");
        frame = new DialogFrame(
                texts,
                texts.get("machines.view.save-one"),
                WIDTH,
                save,
                () -> context.navigator().closeOverlay());
        frame.add(name, replaces);
        tell();
    }

    /// Opens it above the page.
    ///
    /// @param suggested a name to begin with; empty for none
    static void open(PageContext context, ViewsModel views, String suggested) {
        ViewDialog dialog = new ViewDialog(context, views);
        dialog.name.input().setText(suggested);
        context.navigator().showDialog(dialog.frame);
        Platform.runLater(dialog.name.input()::requestFocus);
    }

    private String typed() {
        return name.input().getText().strip();
    }

    private void tell() {
        boolean there = views.replaces(typed());
        replaces.setVisible(there);
        save.setText(texts.get(there ? "machines.view.replace" : "machines.view.keep"));
    }

    private void save() {
        if (!name.isRight()) {
            name.input().requestFocus();
            return;
        }
        context.settings().saveView(typed(), views.present().toString());
        context.navigator().closeOverlay();
        context.navigator().toast(texts.get("machines.view.saved", typed()));
    }
}
