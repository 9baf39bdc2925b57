package dev.breakwater.desktop.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.breakwater.desktop.preferences.Settings.Appearance;
import dev.breakwater.desktop.preferences.Settings.Density;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// Light and dark, the font and the style sheet. Called on the JavaFX thread.
public final class Theme {

    /// The bundled font's family: the same widths on every system.
    public static final String FONT = "Inter";

    private static final String COMPACT = "compact";
    private static final List<String> FONT_FILES = List.of(
            "Inter-Regular.otf",
            "Inter-Medium.otf",
            "Inter-SemiBold.otf",
            "Inter-Bold.otf",
            // For keys and commands, which are compared by eye: a system's own one may hardly tell 0 from O.
            "JetBrainsMono-Regular.ttf");

    private Appearance appearance;

    /// A theme for the whole program, applied at once; it follows the system while it is told to.
    public Theme(Appearance appearance) {
        this.appearance = appearance;
        FONT_FILES.forEach(Theme::loadFont);
        Platform.getPreferences().colorSchemeProperty().addListener((property, before, now) -> apply());
        apply();
    }

    /// Changes it.
    public void choose(Appearance chosen) {
        appearance = chosen;
        apply();
    }

    /// Gives a window the console's style sheet.
    public static void style(Scene scene) {
        scene.getStylesheets().add(resource("app.css").toExternalForm());
    }

    /// Lets a window's parts stand closer, or apart.
    public static void density(Parent root, Density density) {
        root.getStyleClass().removeAll(COMPACT);
        if (density == Density.COMPACT) {
            root.getStyleClass().add(COMPACT);
        }
    }

    private void apply() {
        boolean dark = switch (appearance) {
            case DARK -> true;
            case LIGHT -> false;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
        Application.setUserAgentStylesheet(
                dark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
    }

    private static void loadFont(String file) {
        try (InputStream in = resource("fonts/" + file).openStream()) {
            if (Font.loadFont(in, Font.getDefault().getSize()) == null) {
                throw new IOException("JavaFX cannot read it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The program lacks its own font " + file + "; build it anew.", e);
        }
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(Theme.class.getResource(name), name);
    }
}
