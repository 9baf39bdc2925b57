package dev.breakwater.desktop;

import dev.breakwater.desktop.door.Door;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.jobs.JobsDrawer;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.preferences.Settings.Density;
import dev.breakwater.desktop.settings.SettingsPage;
import dev.breakwater.desktop.setup.SetupPlace;
import dev.breakwater.desktop.setup.SetupProgress;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.Shell;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import dev.breakwater.desktop.theme.Theme;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The console's window. Snapshots come from the door's thread and are shown on the JavaFX thread, the newest only.
/// Made and used on the JavaFX thread.
public final class ConsoleWindow {

    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    /// The smallest that a window can be made.
    static final double MIN_WIDTH = 1100;

    static final double MIN_HEIGHT = 700;

    private static final List<Integer> ICON_SIZES = List.of(16, 24, 32, 48, 64, 128, 256);

    private final Stage stage;
    private final Door door;
    private final Settings settings;
    private final SetupPlace place;
    private final Theme theme;
    private final AtomicReference<@Nullable Snapshot> next = new AtomicReference<>();
    private Shell shell;

    /// Shows a window on that engine. Closing the window closes the door; the engine goes on.
    public ConsoleWindow(Stage stage, Door door, Settings settings, SetupPlace place) {
        this.stage = stage;
        this.door = door;
        this.settings = settings;
        this.place = place;
        this.theme = new Theme(settings.appearance());
        this.shell = newShell();
        Scene scene = new Scene(shell.root(), WIDTH, HEIGHT);
        Theme.style(scene);
        stage.setScene(scene);
        stage.getIcons().setAll(icons());
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        stage.iconifiedProperty().addListener((property, was, iconified) -> door.pause(iconified));
        stage.setOnHidden(event -> door.close());
        door.listen(this::deliver);
        stage.show();
    }

    /// Several sizes: the system takes what it needs for the title, the list of windows and the dock.
    private static List<Image> icons() {
        return ICON_SIZES.stream()
                .map(size -> Objects.requireNonNull(
                                ConsoleWindow.class.getResource("icons/breakwater-" + size + ".png"))
                        .toExternalForm())
                .map(Image::new)
                .toList();
    }

    private Shell newShell() {
        Texts texts = new Texts(settings.language());
        stage.setTitle(texts.get("shell.product"));
        Shell made = new Shell(
                door,
                texts,
                new Units(texts, ZoneId.systemDefault()),
                settings,
                Sections.all(new SettingsPage.Effects(theme::choose, this::choose, this::rebuild), place),
                JobsDrawer::new,
                this::startEngine);
        Theme.density(made.root(), settings.density());
        made.badge("setup", SetupProgress.kept(place));
        if (place.firstRun()) {
            made.go(PageAddress.of("setup"));
        } else if (place.isStopped()) {
            made.startEngine();
        }
        return made;
    }

    /// Starting takes seconds, so it has a thread of its own.
    private void startEngine(Consumer<@Nullable String> ended) {
        Thread.ofVirtual().name("engine-start").start(() -> {
            String failure = null;
            try {
                place.engine().startAndAwait();
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            String why = failure;
            Platform.runLater(() -> ended.accept(why));
        });
    }

    private void rebuild() {
        shell = newShell();
        stage.getScene().setRoot(shell.root());
        shell.update(door.now());
    }

    private void choose(Density density) {
        Theme.density(shell.root(), density);
    }

    /// Leads to a page.
    void go(PageAddress address) {
        shell.go(address);
    }

    /// The content, for tests.
    public Shell shell() {
        return shell;
    }

    /// Light or dark, for tests.
    Theme theme() {
        return theme;
    }

    private void deliver(Snapshot snapshot) {
        if (next.getAndSet(snapshot) == null) {
            Platform.runLater(() -> {
                Snapshot newest = next.getAndSet(null);
                if (newest != null) {
                    shell.update(newest);
                }
            });
        }
    }
}
