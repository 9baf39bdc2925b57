package dev.breakwater.desktop.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.configurationserver.store.DurableSlots;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.desktop.ConsoleWindow;
import dev.breakwater.desktop.door.EngineDoor;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.engine.EngineProgram;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.LargeSite;
import dev.breakwater.desktop.fixture.Picture;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.launcher.rig.Rig;
import dev.breakwater.launcher.rig.VaultPlace;
import dev.breakwater.model.MachineId;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.prefs.Preferences;
import java.util.stream.Collectors;
import javafx.animation.AnimationTimer;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.ScrollEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console on an engine, a process of its own, with as many machines as `-Dconsole.machines` says. What
/// it took goes to `target/console-figures.txt`; only memory has a limit here, times depend on what else the
/// computer does.
class LargeSiteTest {

    private static final int MACHINES = Integer.getInteger("console.machines", 1_000);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long HEAP_LIMIT = 256L << 20;
    private static final int RUNS = 50;
    private static final int FRAMES = 300;
    private static final int ROWS_A_FRAME = 3;
    private static final long PULSE_NANOS = TimeUnit.SECONDS.toNanos(1) / 60;

    private final Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
    private final StringBuilder report = new StringBuilder();

    @TempDir
    private Path folder;

    private Stage stage;
    private EngineDoor door;
    private ConsoleWindow window;

    @Test
    @DisplayName("a large site is shown whole, filtered and sorted away from the window's thread, in bounded memory")
    void largeSite() throws Exception {
        Path key = folder.resolve("recovery.key");
        Path vault = folder.resolve("vault");
        new EngineProgram(null)
                .run(List.of(
                        "vault", "create", "--location", vault.toString(), "--write-recovery-key", key.toString()));
        try (Rig rig = new Rig(folder.resolve("rig"), VaultPlace.folder(vault), key)) {
            rig.startEngine();
            rig.stopEngine();
            LargeSite.register(DurableSlots.databaseIn(rig.engineData()), MACHINES);
            rig.startEngine();
            show(rig.engineData());
            filterAndSort();
            selectAll();
            scroll();
            calculations();
            memory();
        } finally {
            if (stage != null) {
                Fx.run(stage::close);
            }
            store.removeNode();
            Files.createDirectories(Path.of("target"));
            Files.writeString(Path.of("target", "console-figures.txt"), report);
        }
    }

    private void show(Path engine) throws Exception {
        long begin = System.nanoTime();
        Settings settings = new Settings(store);
        settings.language("en");
        door = new EngineDoor(() -> EngineAccess.connect(engine, null), InstantSource.system());
        stage = Fx.on(Stage::new);
        window = Fx.on(() -> new ConsoleWindow(stage, door, settings, Places.elsewhere(folder.resolve("setup.json"))));
        Fx.run(() -> window.shell().go(PageAddress.of("machines")));
        await("all machines are shown", () -> rows().size() == MACHINES);
        figure("connected and all shown", System.nanoTime() - begin);
        long asked = System.nanoTime();
        Figures before = figures();
        door.refresh();
        await("fresh figures come", () -> !figures().takenAt().equals(before.takenAt()));
        figure("one round of questions", System.nanoTime() - asked);
        assertThat(rows()).extracting(row -> row.machine().name()).doesNotHaveDuplicates();
    }

    private void filterAndSort() throws Exception {
        TextField filter = Fx.on(() -> (TextField) stage.getScene().lookup("#filter"));
        long begin = System.nanoTime();
        Fx.run(() -> filter.setText("web 0042"));
        await("the filter has worked", () -> rows().size() <= 10);
        figure("from the last key to the filtered table", System.nanoTime() - begin);
        assertThat(rows()).extracting(row -> row.machine().name()).allMatch(name -> name.startsWith("web-prd-0042"));
        Fx.run(() -> filter.setText(""));
        await("all are shown again", () -> rows().size() == MACHINES);
        begin = System.nanoTime();
        Fx.run(() -> table().sortBy(MachineColumn.RPO, true));
        String oldest = LargeSite.name(MACHINES - 2);
        await(
                "the oldest point is first",
                () -> rows().getFirst().machine().name().equals(oldest));
        figure("from the click to the sorted table", System.nanoTime() - begin);
        assertThat(rows().getLast().rpo()).as("what is not known is last").isNull();
        Picture.write(Fx.on(stage::getScene), Path.of("target", "gallery", "machines-large.png"));
    }

    /// Everything stays selected when fresh figures come, and the window's thread is free again soon.
    private void selectAll() throws Exception {
        Fx.run(() -> table().getSelectionModel().selectAll());
        Figures before = figures();
        door.refresh();
        await("fresh figures come", () -> !figures().takenAt().equals(before.takenAt()));
        Fx.settle();
        long longest = 0;
        for (int i = 0; i < 10; i++) {
            long begin = System.nanoTime();
            List<MachineRow> rows = rows();
            Fx.run(() -> table().show(rows));
            longest = Math.max(longest, System.nanoTime() - begin);
        }
        figure("all rows replaced while all are selected, longest of 10", longest);
        longest = 0;
        for (int i = 0; i < 10; i++) {
            List<MachineRow> others = new ArrayList<>(rows());
            Collections.reverse(others);
            long begin = System.nanoTime();
            Fx.run(() -> table().show(others));
            longest = Math.max(longest, System.nanoTime() - begin);
        }
        figure("the same in another order, longest of 10", longest);
        assertThat(Fx.on(() -> table().getSelectionModel().getSelectedIndices().size()))
                .isEqualTo(MACHINES);
        Fx.run(() -> {
            table().getSelectionModel().clearSelection();
            table().getSelectionModel().selectIndices(2, 7, 300);
        });
        Set<MachineId> selected = selected();
        List<MachineRow> others = new ArrayList<>(rows());
        Collections.reverse(others);
        Fx.run(() -> table().show(others));
        assertThat(selected()).as("in another order").hasSize(3).isEqualTo(selected);
        Fx.run(() -> table().getSelectionModel().clearSelection());
    }

    private Set<MachineId> selected() {
        return Fx.on(() -> table().getSelectionModel().getSelectedItems().stream()
                .map(row -> row.machine().id())
                .collect(Collectors.toSet()));
    }

    /// Some rows at each frame, by the wheel. A frame that takes longer than a pulse delays the next.
    private void scroll() throws Exception {
        List<Long> frames = new ArrayList<>();
        List<Long> layouts = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        Fx.run(() -> {
            Node rows = table().lookup(".virtual-flow");
            double notch = table().lookup(".table-row-cell").getBoundsInParent().getHeight() * ROWS_A_FRAME;
            AtomicLong begun = new AtomicLong();
            Runnable laidOut = () -> layouts.add(System.nanoTime() - begun.get());
            stage.getScene().addPostLayoutPulseListener(laidOut);
            new AnimationTimer() {
                @Override
                public void handle(long pulse) {
                    long before = begun.getAndSet(System.nanoTime());
                    if (before != 0) {
                        frames.add(begun.get() - before);
                    }
                    turnWheel(rows, -notch);
                    if (frames.size() == FRAMES) {
                        stop();
                        stage.getScene().removePostLayoutPulseListener(laidOut);
                        done.countDown();
                    }
                }
            }.start();
        });
        assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Fx.settle();
        figure("from frame to frame while it scrolls, 95 of 100 within", within95(frames));
        report.append("frames that came a pulse late or later: ")
                .append(frames.stream()
                        .filter(nanos -> nanos > PULSE_NANOS * 3 / 2)
                        .count())
                .append(" of ")
                .append(frames.size())
                .append("\n");
        figure("of which style and layout, 95 of 100 within", within95(Fx.on(() -> List.copyOf(layouts))));
        List<String> names = rows().stream().map(row -> row.machine().name()).toList();
        assertThat(Fx.on(() -> table().lookupAll(".cell-name").stream()
                        .map(cell -> names.indexOf(((Labeled) cell).getText()))
                        .toList()))
                .as("what is seen at the end")
                .anyMatch(row -> row >= Math.min(FRAMES * (ROWS_A_FRAME - 1), MACHINES - 1));
    }

    private static void turnWheel(Node over, double pixels) {
        Event.fireEvent(
                over,
                new ScrollEvent(
                        ScrollEvent.SCROLL,
                        0,
                        0,
                        0,
                        0,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        0,
                        pixels,
                        0,
                        pixels,
                        ScrollEvent.HorizontalTextScrollUnits.NONE,
                        0,
                        ScrollEvent.VerticalTextScrollUnits.NONE,
                        0,
                        0,
                        null));
    }

    private static long within95(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() * 95 / 100);
    }

    private void calculations() {
        Figures figures = figures();
        long begin = System.nanoTime();
        assertThat(MachinesModel.Rows.of(figures, Settings.USUAL_TEST_COUNTS).all())
                .hasSize(MACHINES);
        figure("rows of a round of questions worked out", System.nanoTime() - begin);
        MachineFilter all = MachineFilter.of(PageAddress.of("machines"));
        for (MachineColumn column : new MachineColumn[] {MachineColumn.NAME, MachineColumn.RPO, MachineColumn.HEALTH}) {
            measured("sorted by " + column.word(), figures, new MachinesModel.Query(all, column, true));
        }
        measured(
                "filtered by text and sorted by name",
                figures,
                new MachinesModel.Query(all.withText("prd 04"), MachineColumn.NAME, false));
    }

    private void measured(String what, Figures figures, MachinesModel.Query query) {
        long[] took = new long[RUNS];
        MachinesModel.Rows rows = MachinesModel.Rows.of(figures, Settings.USUAL_TEST_COUNTS);
        for (int i = 0; i < RUNS; i++) {
            long begin = System.nanoTime();
            assertThat(MachinesModel.of(rows, query).all()).isEqualTo(MACHINES);
            took[i] = System.nanoTime() - begin;
        }
        Arrays.sort(took);
        figure(what + ", median of " + RUNS, took[RUNS / 2]);
        figure(what + ", longest of " + RUNS, took[RUNS - 1]);
    }

    /// What stays after a collection does not grow from round to round, and is within the console's limit with all that
    /// the tests themselves hold.
    private void memory() throws Exception {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long most = 0;
        for (int i = 0; i < 5; i++) {
            Figures before = figures();
            door.refresh();
            await("fresh figures come", () -> !figures().takenAt().equals(before.takenAt()));
            memory.gc();
            most = Math.max(most, memory.getHeapMemoryUsage().getUsed());
        }
        report.append("heap in use after a collection, most of 5 rounds: ")
                .append(most >> 20)
                .append(" MiB (heap of this program: ")
                .append(Runtime.getRuntime().maxMemory() >> 20)
                .append(" MiB)\n");
        assertThat(most).isLessThan(HEAP_LIMIT);
    }

    private MachineTable table() {
        return (MachineTable) stage.getScene().lookup("#machines");
    }

    private List<MachineRow> rows() {
        return Fx.on(() -> List.copyOf(((TableView<MachineRow>) table()).getItems()));
    }

    private Figures figures() {
        Figures known = door.now().figures();
        assertThat(known).isNotNull();
        return known;
    }

    private void figure(String what, long nanos) {
        report.append(MACHINES)
                .append(" machines, ")
                .append(what)
                .append(": ")
                .append(TimeUnit.NANOSECONDS.toMillis(nanos))
                .append(" ms\n");
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
