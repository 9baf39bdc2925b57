package dev.breakwater.desktop.parts;

import atlantafx.base.controls.CustomTextField;
import java.util.function.Consumer;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/// Where a list is filtered by words; Ctrl+F leads to it.
public final class SearchField extends CustomTextField {

    private String shown = "";

    /// An empty field.
    ///
    /// @param prompt what it filters by, for eyes and screen readers
    /// @param typed is told the text whenever somebody changes it
    public SearchField(String prompt, Consumer<String> typed) {
        setId("filter");
        setPromptText(prompt);
        setAccessibleText(prompt);
        setLeft(Marks.icon(Feather.SEARCH, "tone-muted"));
        setMinWidth(Region.USE_PREF_SIZE);
        textProperty().addListener((property, before, now) -> {
            if (!now.equals(shown)) {
                shown = now;
                typed.accept(now);
            }
        });
    }

    /// Shows a text without telling anybody.
    public void show(String text) {
        shown = text;
        if (!getText().equals(text)) {
            setText(text);
        }
    }
}
