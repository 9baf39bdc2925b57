package dev.breakwater.desktop.settings;

import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.Field;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import javafx.scene.layout.VBox;

/// How long the test of a machine counts; holds once the keyboard has left the field, or by Enter, so that nothing
/// half-typed does.
final class ReadinessCard extends VBox {

    private final Field days;

    ReadinessCard(PageContext context) {
        Texts texts = context.texts();
        Settings settings = context.settings();
        long shortest = Settings.SHORTEST_TEST_COUNTS.toDays();
        long longest = Settings.LONGEST_TEST_COUNTS.toDays();
        days = new Field(
                "test-counts",
                texts.get("settings.readiness.counts"),
                texts.get("settings.readiness.hint", shortest, longest),
                () -> typed().time().isPresent() ? null : texts.get("settings.readiness.problem", shortest, longest));
        days.input().setText(Long.toString(settings.testCounts().toDays()));
        Runnable keep = () -> typed().time().ifPresent(settings::testCounts);
        days.input().setOnAction(event -> keep.run());
        days.input().focusedProperty().addListener((property, was, focused) -> {
            if (!focused) {
                keep.run();
            }
        });
        getChildren().add(new Card(texts.get("settings.readiness"), days));
    }

    private TestCounts typed() {
        return new TestCounts(days.input().getText());
    }
}
