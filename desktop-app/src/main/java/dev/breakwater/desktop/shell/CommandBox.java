package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.texts.Texts;
import java.util.List;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Search and commands in one field (Ctrl+K): type, choose with the arrows, Enter.
final class CommandBox extends VBox {

    private static final double WIDTH = 560;
    private static final double ROW = 40;
    private static final int ROWS = 8;

    private final TextField field = new TextField();
    private final ListView<Command> found = new ListView<>();
    private final Runnable close;

    CommandBox(Texts texts, List<Command> commands, Runnable close) {
        this.close = close;
        getStyleClass().add("command-box");
        setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        field.setId("command-field");
        field.setPromptText(texts.get("shell.search.prompt"));
        field.setAccessibleText(texts.get("shell.search.prompt"));
        found.setId("command-list");
        found.setAccessibleText(texts.get("shell.search.found"));
        found.setFixedCellSize(ROW);
        found.setPrefHeight(ROW * ROWS + 2);
        found.setFocusTraversable(false);
        found.setCellFactory(list -> new Row());
        Label none = new Label(texts.get("shell.search.none"));
        found.setPlaceholder(none);
        field.textProperty().addListener((property, before, typed) -> show(commands, typed, texts));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        found.setOnMouseClicked(event -> run());
        getChildren().addAll(field, found);
        show(commands, "", texts);
        sceneProperty().addListener((property, before, scene) -> {
            if (scene != null) {
                Platform.runLater(field::requestFocus);
            }
        });
    }

    private void show(List<Command> commands, String typed, Texts texts) {
        found.getItems().setAll(Command.matching(commands, typed, texts.locale()));
        found.getSelectionModel().selectFirst();
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.DOWN) {
            found.getSelectionModel().selectNext();
            event.consume();
        } else if (event.getCode() == KeyCode.UP) {
            found.getSelectionModel().selectPrevious();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            run();
            event.consume();
        }
    }

    private void run() {
        Command chosen = found.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            close.run();
            chosen.action().run();
        }
    }

    private static final class Row extends ListCell<Command> {
        @Override
        protected void updateItem(@Nullable Command command, boolean empty) {
            super.updateItem(command, empty);
            if (empty || command == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            Label kind = new Label(command.kind());
            kind.getStyleClass().add("quiet");
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            HBox row = new HBox(Marks.icon(command.icon(), "tone-muted"), new Label(command.title()), space, kind);
            row.getStyleClass().add("command-row");
            row.setAlignment(Pos.CENTER_LEFT);
            setGraphic(row);
            setAccessibleText(command.title() + ", " + command.kind());
        }
    }
}
