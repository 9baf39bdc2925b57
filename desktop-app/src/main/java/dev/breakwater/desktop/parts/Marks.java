package dev.breakwater.desktop.parts;

import dev.breakwater.desktop.estate.MachineHealth;
import dev.breakwater.desktop.estate.Readiness;
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

    /// The icon of a readiness in its colour.
    public static FontIcon readiness(Readiness readiness) {
        return icon(
                switch (readiness) {
                    case READY -> Feather.CHECK_CIRCLE;
                    case TEST_OLD -> Feather.CLOCK;
                    case NEVER_TESTED -> Feather.HELP_CIRCLE;
                    case TEST_FAILED -> Feather.ALERT_OCTAGON;
                    case INCOMPLETE -> Feather.ALERT_TRIANGLE;
                },
                tone(readiness));
    }

    /// The style class that colours what belongs to a readiness.
    public static String tone(Readiness readiness) {
        return switch (readiness) {
            case READY -> "tone-success";
            case TEST_OLD, INCOMPLETE -> "tone-warning";
            case NEVER_TESTED -> "tone-muted";
            case TEST_FAILED -> "tone-danger";
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
