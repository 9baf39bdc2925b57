package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Above the page while no engine is heard: why, what that means, and the one thing to do about it.
final class EngineNotice extends HBox {

    private final Texts texts;
    private final Units units;
    private final Actions actions;
    private final Label words = new Label();
    private final Button does = new Button();
    private NoticeModel model = new NoticeModel(NoticeModel.Kind.NONE, "");
    private Snapshot snapshot = Snapshot.NOTHING;
    private boolean setUp;
    private boolean starting;
    private @Nullable String failure;

    /// Starts this computer's engine.
    @FunctionalInterface
    public interface EngineStart {
        /// Starts it in the background.
        ///
        /// @param ended is called on the JavaFX thread, with why it could not be started, or null
        void start(Consumer<@Nullable String> ended);
    }

    /// What its button does.
    record Actions(EngineStart start, Runnable setUp, Runnable askAgain) {}

    EngineNotice(Texts texts, Units units, Actions actions) {
        this.texts = texts;
        this.units = units;
        this.actions = actions;
        getStyleClass().add("notice");
        setAlignment(Pos.CENTER_LEFT);
        words.setId("notice");
        words.setWrapText(true);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        does.setId("notice-do");
        does.setMinWidth(USE_PREF_SIZE);
        does.setOnAction(event -> act());
        getChildren().addAll(words, does);
        show();
    }

    /// @param onSetUp whether set-up is the present page
    void show(Snapshot newest, boolean onSetUp) {
        snapshot = newest;
        setUp = onSetUp;
        if (!newest.outdated()) {
            failure = null;
        }
        show();
    }

    /// Starts the engine, if it was not told so already.
    void start() {
        if (starting) {
            return;
        }
        starting = true;
        failure = null;
        show();
        actions.start().start(why -> {
            starting = false;
            failure = why;
            show();
            actions.askAgain().run();
        });
    }

    private void act() {
        switch (model.kind()) {
            case ABSENT -> actions.setUp().run();
            case STOPPED, FAILED -> start();
            case SILENT, UNHEARD -> actions.askAgain().run();
            case NONE, STARTING -> {}
        }
    }

    private void show() {
        NoticeModel now = NoticeModel.of(snapshot, setUp, starting, failure, texts, units);
        if (now.equals(model) && isVisible() == (now.kind() != NoticeModel.Kind.NONE)) {
            return;
        }
        model = now;
        boolean shown = now.kind() != NoticeModel.Kind.NONE;
        setVisible(shown);
        setManaged(shown);
        if (!shown) {
            return;
        }
        words.setText(now.words());
        words.setGraphic(
                switch (now.kind()) {
                    case ABSENT, STARTING, NONE -> Marks.icon(Feather.INFO, "tone-accent");
                    case STOPPED, SILENT, UNHEARD -> Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning");
                    case FAILED -> Marks.icon(Feather.ALERT_OCTAGON, "tone-danger");
                });
        does.setVisible(now.hasAction());
        does.setManaged(now.hasAction());
        if (now.hasAction()) {
            does.setText(texts.get("shell.notice." + now.kind() + ".do"));
        }
    }
}
