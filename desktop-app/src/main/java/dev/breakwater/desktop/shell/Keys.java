package dev.breakwater.desktop.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.Parent;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// The keys that work on every page. There is none for a real failover.
///
/// @param shell what they act on
/// @param root where they are heard
record Keys(Shell shell, Parent root) {

    private static final int SECTIONS = 9;

    void install() {
        Map<KeyCombination, Runnable> keys = new LinkedHashMap<>();
        keys.put(new KeyCodeCombination(KeyCode.K, KeyCombination.SHORTCUT_DOWN), shell::search);
        keys.put(new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN), shell::focusFilter);
        keys.put(new KeyCodeCombination(KeyCode.T, KeyCombination.SHORTCUT_DOWN), shell::testFailover);
        KeyCombination jobs = new KeyCodeCombination(KeyCode.J, KeyCombination.SHORTCUT_DOWN);
        keys.put(jobs, shell::toggleJobs);
        keys.put(new KeyCodeCombination(KeyCode.F5), shell::refresh);
        keys.put(new KeyCodeCombination(KeyCode.F6), shell::nextPane);
        keys.put(new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN), shell::back);
        keys.put(new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN), shell::forward);
        for (int i = 0; i < SECTIONS; i++) {
            int section = i;
            keys.put(
                    new KeyCodeCombination(KeyCode.getKeyCode(Integer.toString(i + 1)), KeyCombination.SHORTCUT_DOWN),
                    () -> shell.goToSection(section));
        }
        root.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean closes = event.getCode() == KeyCode.ESCAPE || (shell.showsJobs() && jobs.match(event));
            if (shell.hasOverlay() && !closes) {
                return;
            }
            keys.entrySet().stream()
                    .filter(key -> key.getKey().match(event))
                    .findFirst()
                    .ifPresent(key -> {
                        key.getValue().run();
                        event.consume();
                    });
        });
        root.addEventHandler(KeyEvent.KEY_TYPED, event -> {
            boolean typing = event.getTarget() instanceof TextInputControl;
            if (!typing && !shell.hasOverlay() && event.getCharacter().equals("?")) {
                shell.showShortcuts();
                event.consume();
            }
        });
    }
}
