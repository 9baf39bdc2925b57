package dev.breakwater.desktop.parts;

import dev.breakwater.desktop.estate.MachineHealth;
import javafx.scene.control.Label;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons that say how something is; always beside a word, never colour alone.
public final class Marks {

    private Marks() {}

    /// The icon of a health, in its colour.
    public static FontIcon health(MachineHealth health) {
        return icon(
                switch (health) {
                    case CRITICAL -> Feather.ALERT_OCTAGON;
                    case WARNING -> Feather.ALERT_TRIANGLE;
                    case UNKNOWN -> Feather.HELP_CIRCLE;
                    case HEALTHY -> Feather.CHECK_CIRCLE;
                    case UNPROTECTED -> Feather.SLASH;
                },
                tone(health));
    }

    /// The style class that colours what belongs to a health.
    public static String tone(MachineHealth health) {
        return switch (health) {
            case CRITICAL -> "tone-danger";
            case WARNING -> "tone-warning";
            case UNKNOWN, UNPROTECTED -> "tone-muted";
            case HEALTHY -> "tone-success";
        };
    }

    /// An icon in a tone.
    ///
    /// @param tone one of the style classes `tone-…` of the style sheet
    public static FontIcon icon(Ikon icon, String tone) {
        FontIcon node = new FontIcon(icon);
        node.getStyleClass().add(tone);
        return node;
    }

    /// A word with its icon before it.
    public static Label label(Ikon icon, String tone, String word) {
        Label label = new Label(word, icon(icon, tone));
        label.getStyleClass().add("mark");
        return label;
    }
}
