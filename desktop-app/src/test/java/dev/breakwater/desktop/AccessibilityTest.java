package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.fixture.StillDoor;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.shell.PageAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.prefs.Preferences;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a screen reader says of each page.
class AccessibilityTest {

    @ParameterizedTest
    @ValueSource(strings = {"dashboard", "machines", "jobs", "events", "infrastructure", "policies", "settings"})
    @DisplayName("whatever takes the keyboard has a name")
    void names(String page, @TempDir Path folder) throws Exception {
        Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
        Settings settings = new Settings(store);
        settings.language(Locale.ENGLISH.toLanguageTag());
        Stage stage = Fx.on(Stage::new);
        try {
            StillDoor door = new StillDoor(SampleSite.live(40));
            ConsoleWindow window = Fx.on(
                    () -> new ConsoleWindow(stage, door, settings, Places.elsewhere(folder.resolve("setup.json"))));
            Fx.run(() -> {
                window.shell().go(PageAddress.of(page));
                window.shell().update(door.now());
            });
            Fx.settle();
            List<String> unnamed = Fx.on(() -> {
                List<String> found = new ArrayList<>();
                collect(stage.getScene().getRoot(), found);
                return found;
            });
            assertThat(unnamed).isEmpty();
        } finally {
            Fx.run(stage::close);
            store.removeNode();
        }
    }

    private static void collect(Node node, List<String> unnamed) {
        if (!node.isVisible()) {
            return;
        }
        if (node.isFocusTraversable() && !node.isDisabled() && name(node).isBlank()) {
            unnamed.add(node.toString());
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, unnamed));
        }
    }

    private static String name(Node node) {
        if (node.getAccessibleText() != null) {
            return node.getAccessibleText();
        }
        return node instanceof Labeled labeled && labeled.getText() != null ? labeled.getText() : "";
    }
}
