package dev.breakwater.desktop.settings;

import dev.breakwater.desktop.engine.LocalEngine;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Writes the diagnostics bundle, and says what is in it and what could not be had.
final class DiagnosticsCard extends VBox {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm", Locale.ROOT);

    private final PageContext context;
    private final Texts texts;
    private final LocalEngine engine;
    private final @Nullable String server;
    private final ActionButton save;
    private final Label result = new Label();

    /// A card that has written nothing yet.
    DiagnosticsCard(PageContext context, LocalEngine engine, @Nullable String server) {
        this.context = context;
        this.texts = context.texts();
        this.engine = engine;
        this.server = server;
        Label what = new Label(texts.get("settings.diagnostics.what"));
        what.getStyleClass().add("quiet");
        what.setWrapText(true);
        save = new ActionButton(texts.get("settings.diagnostics.save"), this::choose);
        save.setGraphic(Marks.icon(Feather.DOWNLOAD, "tone-default"));
        save.setId("diagnostics-save");
        result.setId("diagnostics-result");
        result.setWrapText(true);
        result.getStyleClass().add("mark");
        result.managedProperty().bind(result.textProperty().isNotEmpty());
        getChildren().add(new Card(texts.get("settings.diagnostics"), what, save, result));
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get("settings.diagnostics.save"));
        chooser.setInitialFileName("breakwater-diagnostics-"
                + MINUTE.format(Instant.now().atZone(context.units().zone())) + ".zip");
        File file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            write(file.toPath());
        }
    }

    /// Collects and writes, which takes seconds, on a thread of its own; the button waits meanwhile.
    void write(Path file) {
        save.refuse(texts.get("settings.diagnostics.running"));
        show(Feather.CLOCK, "tone-muted", texts.get("settings.diagnostics.running"));
        Thread.ofVirtual().name("diagnostics").start(() -> {
            try {
                Map<String, String> contents = engine.diagnostics(file, server);
                Platform.runLater(() -> written(file, contents));
            } catch (IOException e) {
                Platform.runLater(() -> failed(file, String.valueOf(e.getMessage())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                Platform.runLater(() -> failed(file, String.valueOf(e.getMessage())));
            }
        });
    }

    private void written(Path file, Map<String, String> contents) {
        DiagnosticsModel model = DiagnosticsModel.of(contents);
        save.refuse(null);
        StringBuilder text = new StringBuilder(texts.get("settings.diagnostics.written", file, model.entries()));
        model.missing()
                .forEach((entry, why) ->
                        text.append('\n').append(texts.get("settings.diagnostics.missing", entry, why)));
        if (model.missing().isEmpty()) {
            show(Feather.CHECK_CIRCLE, "tone-success", text.toString());
        } else {
            show(Feather.ALERT_TRIANGLE, "tone-warning", text.toString());
        }
    }

    private void failed(Path file, String why) {
        save.refuse(null);
        show(Feather.ALERT_OCTAGON, "tone-danger", texts.get("settings.diagnostics.failed", file, why));
    }

    private void show(Feather icon, String tone, String text) {
        result.setGraphic(Marks.icon(icon, tone));
        result.setText(text);
    }
}
