package dev.breakwater.desktop.parts;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// A button that stays visible when it cannot be used and says why, to the mouse and to a screen reader.
public final class ActionButton extends StackPane {

    private final Button button;
    private final Tooltip tooltip = new Tooltip();

    /// A button that can be used.
    public ActionButton(String text, Runnable action) {
        button = new Button(text);
        button.setOnAction(event -> action.run());
        getChildren().add(button);
    }

    /// The button itself.
    public Button button() {
        return button;
    }

    /// Lets it be used, or says why not.
    ///
    /// @param reason why not; null if it can be used
    public void refuse(@Nullable String reason) {
        button.setDisable(reason != null);
        button.setAccessibleHelp(reason);
        // A disabled button gets no mouse; its frame does.
        if (reason == null) {
            Tooltip.uninstall(this, tooltip);
        } else {
            tooltip.setText(reason);
            Tooltip.install(this, tooltip);
        }
    }
}
