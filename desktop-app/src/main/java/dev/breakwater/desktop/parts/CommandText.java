package dev.breakwater.desktop.parts;

import dev.breakwater.desktop.texts.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;

/// Commands to run in a terminal, with a button that copies them.
public final class CommandText extends HBox {

    private static final int MOST_ROWS = 8;

    private final TextArea area = new TextArea();

    /// An empty one.
    ///
    /// @param name what the commands do, for screen readers
    public CommandText(Texts texts, String name) {
        getStyleClass().add("command-text");
        setAlignment(Pos.TOP_LEFT);
        area.setEditable(false);
        area.setWrapText(true);
        area.setAccessibleText(name);
        HBox.setHgrow(area, Priority.ALWAYS);
        Button copy = new Button(null, Marks.icon(Feather.COPY, "tone-muted"));
        copy.getStyleClass().add("flat");
        copy.setAccessibleText(texts.get("parts.copy"));
        copy.setTooltip(new Tooltip(texts.get("parts.copy")));
        copy.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(area.getText());
            Clipboard.getSystemClipboard().setContent(content);
        });
        getChildren().addAll(area, copy);
    }

    /// Shows these commands, a line each.
    public void show(String commands) {
        if (!commands.equals(area.getText())) {
            area.setText(commands);
            // A line of the page holds some 80 characters; a command breaks between its words.
            long rows =
                    commands.lines().mapToLong(line -> 1 + line.length() / 75).sum();
            area.setPrefRowCount(Math.clamp(rows, 1, MOST_ROWS));
            setAlignment(rows > 1 ? Pos.TOP_LEFT : Pos.CENTER_LEFT);
        }
    }

    /// What it shows.
    public String text() {
        return area.getText();
    }
}
