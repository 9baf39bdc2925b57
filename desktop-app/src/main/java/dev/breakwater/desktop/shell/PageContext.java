package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.door.Door;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// What a page is given.
///
/// @param door the engine
/// @param texts what people read
/// @param units figures with their units
/// @param settings what the user has chosen
/// @param navigator leads to other pages
public record PageContext(Door door, Texts texts, Units units, Settings settings, Navigator navigator) {

    /// Puts a question or an order to the engine and hands over what came of it on the JavaFX thread.
    ///
    /// @param answered gets the answer
    /// @param refused gets the reason, for people: what happened and what to do
    public <T> void ask(Door.Question<T> question, Consumer<T> answered, Consumer<String> refused) {
        CompletableFuture<@Nullable Void> _ = door.ask(question).handle((answer, failure) -> {
            Platform.runLater(() -> {
                if (failure == null) {
                    answered.accept(answer);
                } else {
                    refused.accept(String.valueOf(failure.getMessage()));
                }
            });
            return null;
        });
    }

    /// As [#ask(Door.Question, Consumer, Consumer)], for an order from a dialog: if it was closed before the order was
    /// refused, the reason is told in passing.
    public <T> void order(Node dialog, Door.Question<T> order, Consumer<T> answered, Consumer<String> refused) {
        ask(order, answered, reason -> {
            if (navigator.shows(dialog)) {
                refused.accept(reason);
            } else {
                navigator.toast(reason);
            }
        });
    }
}
