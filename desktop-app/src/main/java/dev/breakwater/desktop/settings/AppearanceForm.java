package dev.breakwater.desktop.settings;

import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.preferences.Settings.Appearance;
import dev.breakwater.desktop.preferences.Settings.Density;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Theme, density, language and motion; each holds as soon as it is chosen.
final class AppearanceForm extends GridPane {

    private final Texts texts;

    AppearanceForm(PageContext context, SettingsPage.Effects effects) {
        this.texts = context.texts();
        Settings settings = context.settings();
        getStyleClass().add("form");
        add(
                texts.get("settings.appearance"),
                choice(
                        "appearance",
                        List.of(Appearance.values()),
                        settings.appearance(),
                        value -> texts.of("settings.appearance", value),
                        value -> {
                            settings.appearance(value);
                            effects.appearance().accept(value);
                        }));
        add(
                texts.get("settings.density"),
                choice(
                        "density",
                        List.of(Density.values()),
                        settings.density(),
                        value -> texts.of("settings.density", value),
                        value -> {
                            settings.density(value);
                            effects.density().accept(value);
                        }));
        List<String> tags = new ArrayList<>(List.of(""));
        Texts.LANGUAGES.forEach(language -> tags.add(language.toLanguageTag()));
        add(
                texts.get("settings.language"),
                choice(
                        "language",
                        tags,
                        settings.languageTag(),
                        tag -> tag.isEmpty() ? texts.get("settings.language.system") : ownName(tag),
                        tag -> {
                            settings.language(tag);
                            effects.language().run();
                        }));
        CheckBox motion = new CheckBox(texts.get("settings.motion.reduce"));
        motion.setSelected(settings.reduceMotion());
        motion.setOnAction(event -> settings.reduceMotion(motion.isSelected()));
        add(texts.get("settings.motion"), motion);
    }

    private void add(String name, Control field) {
        Label label = new Label(name);
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.setLabelFor(field);
        field.setAccessibleText(name);
        addRow(getRowCount(), label, field);
    }

    private static <T> ComboBox<T> choice(
            String id, List<T> values, T present, Function<T, String> word, Consumer<T> chosen) {
        ComboBox<T> box = new ComboBox<>();
        box.setId(id);
        box.getItems().setAll(values);
        box.setConverter(words(word));
        box.setValue(present);
        box.setOnAction(event -> chosen.accept(box.getValue()));
        return box;
    }

    /// Each language in its own words, so that who lands in a foreign one finds the way back.
    private static String ownName(String tag) {
        Locale language = Locale.forLanguageTag(tag);
        String name = language.getDisplayLanguage(language);
        return name.substring(0, 1).toUpperCase(language) + name.substring(1);
    }

    private static <T> StringConverter<T> words(Function<T, String> word) {
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
}
