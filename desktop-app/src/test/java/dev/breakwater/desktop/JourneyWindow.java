package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.desktop.door.EngineDoor;
import dev.breakwater.desktop.engine.EngineConnector;
import dev.breakwater.desktop.engine.EngineProgram;
import dev.breakwater.desktop.engine.LocalEngine;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Keyboard;
import dev.breakwater.desktop.fixture.Picture;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.shell.PageAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.stage.Stage;

/// A console's window on a real engine of this computer, as a journey sees and uses it.
final class JourneyWindow {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path data;
    private final Stage stage;
    private final Keyboard keyboard;

    /// Opens it at set-up.
    ///
    /// @param data the engine's folder; there need not be an engine yet
    JourneyWindow(Path data, Path draft, Settings settings) {
        this.data = data;
        EngineDoor door = new EngineDoor(
                new EngineConnector(new LocalEngine(data, new EngineProgram(null)), null), InstantSource.system());
        stage = Fx.on(Stage::new);
        keyboard = new Keyboard(stage);
        ConsoleWindow window = Fx.on(() -> new ConsoleWindow(stage, door, settings, Places.here(data, draft)));
        Fx.run(() -> window.shell().go(PageAddress.of("setup")));
    }

    void close() {
        Fx.run(stage::close);
    }

    /// Asks the engine past the console.
    AdminClient engine() throws IOException, InterruptedException {
        return EngineAccess.connect(data, null);
    }

    Path data() {
        return data;
    }

    Stage stage() {
        return stage;
    }

    Keyboard keyboard() {
        return keyboard;
    }

    boolean has(String selector) {
        return Fx.on(() -> stage.getScene().lookup(selector) != null);
    }

    /// Whether it and all around it is visible.
    boolean isShown(String selector) {
        return Fx.on(() -> {
            for (Node each = stage.getScene().lookup(selector); each != null; each = each.getParent()) {
                if (!each.isVisible()) {
                    return false;
                }
            }
            return true;
        });
    }

    <N extends Node> N node(Class<N> kind, String selector) {
        return kind.cast(stage.getScene().lookup(selector));
    }

    String text(String selector) {
        return Fx.on(() -> node(TextField.class, selector).getText());
    }

    String textOf(String selector) {
        return Fx.on(() -> node(Labeled.class, selector).getText());
    }

    /// Whether a label says just that.
    boolean says(String words) {
        return Fx.on(() -> stage.getScene().getRoot().lookupAll(".label").stream()
                .anyMatch(node -> words.equals(((Labeled) node).getText())));
    }

    String focused() {
        return keyboard.focused();
    }

    void type(String selector, String text) {
        Fx.run(() -> node(TextField.class, selector).setText(text));
    }

    void press(String selector) {
        Fx.run(() -> node(ButtonBase.class, selector).fire());
    }

    /// @throws AssertionError if it does not come to that; there is a picture of the window then
    void await(String what, BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                picture("late");
            }
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    void picture(String name) throws IOException {
        Picture.write(Fx.on(stage::getScene), Path.of("target", "gallery", "journey-" + name + ".png"));
    }
}
