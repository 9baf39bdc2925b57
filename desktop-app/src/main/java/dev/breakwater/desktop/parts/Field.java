package dev.breakwater.desktop.parts;

import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A field with its name above and, once the keyboard has left it, what is wrong with it below.
public final class Field extends VBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("error");

    private final TextField input = new TextField();
    private final Label below;
    private final String hint;
    private final Supplier<@Nullable String> check;
    private boolean wrong;

    /// A field.
    ///
    /// @param hint what to write, shown while nothing is wrong
    /// @param check says what is wrong; null if nothing is
    public Field(String id, String name, String hint, Supplier<@Nullable String> check) {
        this.check = check;
        this.hint = hint;
        getStyleClass().add("field");
        input.setId(id);
        Label label = new Label(name);
        label.setLabelFor(input);
        label.setWrapText(true);
        input.setAccessibleText(name);
        below = new Label(hint);
        below.getStyleClass().add("below");
        below.setWrapText(true);
        getChildren().addAll(label, input, below);
        input.focusedProperty().addListener((property, was, focused) -> {
            if (was && !focused && isLeft()) {
                isRight();
            }
        });
        // What is put right is right at once; what is not right yet is told when the field is left.
        input.textProperty().addListener((property, before, now) -> {
            if (wrong) {
                isRight();
            }
        });
    }

    /// A window in the background has no focused field either, but the field is not left.
    private boolean isLeft() {
        return input.getScene() == null || !input.equals(input.getScene().getFocusOwner());
    }

    /// Where it is typed.
    public TextField input() {
        return input;
    }

    /// Checks it and shows what is wrong.
    public boolean isRight() {
        String problem = check.get();
        wrong = problem != null;
        below.setText(problem == null ? hint : problem);
        below.setGraphic(problem == null ? null : Marks.icon(Feather.ALERT_CIRCLE, "tone-danger"));
        below.pseudoClassStateChanged(WRONG, problem != null);
        input.pseudoClassStateChanged(WRONG, problem != null);
        input.setAccessibleHelp(problem == null ? hint : problem);
        return problem == null;
    }
}
