package dev.breakwater.desktop.settings;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.preferences.Settings.Appearance;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// How the console looks and speaks.
public final class SettingsPage implements Page {

    private final PageContext context;
    private final ScrollPane content;

    /// What a choice changes in the running window.
    ///
    /// @param appearance applies light or dark
    /// @param language makes the window anew in the language that the settings name
    public record Effects(Consumer<Appearance> appearance, Runnable language) {}

    /// The page.
    public SettingsPage(PageContext context, Effects effects) {
        this.context = context;
        Texts texts = context.texts();
        GridPane form = new GridPane();
        form.getStyleClass().add("form");
        addRow(form, texts.get("settings.appearance"), appearance(effects));
        addRow(form, texts.get("settings.language"), language(effects));
        addRow(form, texts.get("settings.motion"), motion());
        VBox page = new VBox(new Card(texts.get("settings.look"), form));
        page.getStyleClass().addAll("page", "narrow");
        content = new ScrollPane(page);
        content.setFitToWidth(true);
        content.setFocusTraversable(false);
    }

    private static void addRow(GridPane form, String name, Node field) {
        Label label = new Label(name);
        label.setLabelFor(field);
        field.setAccessibleText(name);
        form.addRow(form.getRowCount(), label, field);
    }

    private ComboBox<Appearance> appearance(Effects effects) {
        ComboBox<Appearance> box = new ComboBox<>();
        box.setId("appearance");
        box.getItems().setAll(Appearance.values());
        box.setConverter(words(value -> context.texts().of("settings.appearance", value)));
        box.setValue(context.settings().appearance());
        box.setOnAction(event -> {
            context.settings().appearance(box.getValue());
            effects.appearance().accept(box.getValue());
        });
        return box;
    }

    private ComboBox<String> language(Effects effects) {
        List<String> tags = new ArrayList<>(List.of(""));
        Texts.LANGUAGES.forEach(language -> tags.add(language.toLanguageTag()));
        ComboBox<String> box = new ComboBox<>();
        box.setId("language");
        box.getItems().setAll(tags);
        box.setConverter(words(tag -> tag.isEmpty() ? context.texts().get("settings.language.system") : ownName(tag)));
        box.setValue(context.settings().languageTag());
        box.setOnAction(event -> {
            context.settings().language(box.getValue());
            effects.language().run();
        });
        return box;
    }

    /// Each language in its own words, so that who lands in a foreign one finds the way back.
    private static String ownName(String tag) {
        Locale language = Locale.forLanguageTag(tag);
        String name = language.getDisplayLanguage(language);
        return name.substring(0, 1).toUpperCase(language) + name.substring(1);
    }

    private CheckBox motion() {
        CheckBox box = new CheckBox(context.texts().get("settings.motion.reduce"));
        box.setSelected(context.settings().reduceMotion());
        box.setOnAction(event -> context.settings().reduceMotion(box.isSelected()));
        return box;
    }

    private static <T> StringConverter<T> words(java.util.function.Function<T, String> word) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : word.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new IllegalStateException("the box is not editable");
            }
        };
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {}
}
