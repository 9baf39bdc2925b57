package dev.breakwater.desktop.parts;

import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// A button that can be refused. It looks disabled then and does nothing, but keeps its stop of the Tab key, where it
/// says why; the mouse and a screen reader are told too.
public final class ActionButton extends Button {

    private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

    /// Between the button and the reason below it.
    private static final double GAP = 4;

    private static final double WIDEST_REASON = 400;

    private final Tooltip tooltip = new Tooltip();
    private @Nullable String reason;

    /// A button that can be used.
    public ActionButton(String text, Runnable action) {
        this(text);
        setOnAction(event -> action.run());
    }

    /// A button whose action is set later.
    public ActionButton(String text) {
        super(text);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(WIDEST_REASON);
        focusedProperty().addListener((property, was, now) -> tell());
    }

    /// Lets it be used, or says why not.
    ///
    /// @param why for people; null if it can be used
    public void refuse(@Nullable String why) {
        if (Objects.equals(why, reason)) {
            return;
        }
        reason = why;
        pseudoClassStateChanged(REFUSED, why != null);
        setAccessibleHelp(why);
        notifyAccessibleAttributeChanged(AccessibleAttribute.DISABLED);
        tooltip.setText(why);
        setTooltip(why == null ? null : tooltip);
        tell();
    }

    /// Whether it cannot be used now.
    public boolean isRefused() {
        return reason != null;
    }

    /// The keyboard has no pointer that could rest here: being here is enough.
    private void tell() {
        Bounds place = isRefused() && isFocused() ? localToScreen(getLayoutBounds()) : null;
        if (place == null) {
            tooltip.hide();
        } else {
            tooltip.show(this, place.getMinX(), place.getMaxY() + GAP);
        }
    }

    @Override
    public void arm() {
        if (isRefused()) {
            tell();
        } else {
            super.arm();
        }
    }

    @Override
    public void fire() {
        if (isRefused()) {
            tell();
        } else {
            super.fire();
        }
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        if (attribute == AccessibleAttribute.DISABLED) {
            return isDisabled() || isRefused();
        }
        return super.queryAccessibleAttribute(attribute, parameters);
    }
}
