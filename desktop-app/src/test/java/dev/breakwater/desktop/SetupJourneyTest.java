package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.desktop.door.EngineDoor;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Picture;
import dev.breakwater.desktop.fixture.Places;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.launcher.process.Program;
import dev.breakwater.launcher.process.RunningProgram;
import dev.breakwater.sitelocal.practice.KernelFiles;
import dev.breakwater.sitelocal.practice.LivePracticeMachine;
import dev.breakwater.sitelocal.practice.PracticeMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.prefs.Preferences;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From an empty computer to a machine that is protected and was tested, through the window, with a real engine, a real
/// mobility service and a practice machine on a loop device.
class SetupJourneyTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long DISK = 512L << 20;

    @TempDir
    private Path folder;

    private final Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
    private Stage stage;

    @Test
    @DisplayName("from empty to protected and tested, closed and resumed in the middle")
    void fromEmptyToTested() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may attach loop devices");
        assumeTrue(PracticeMachine.missing().isEmpty(), "no practice machine: " + PracticeMachine.missing());
        Path agent = folder.resolve("agent");
        try (LivePracticeMachine machine = LivePracticeMachine.start(
                folder.resolve("source"), DISK, 0, "set up by hand", KernelFiles.defaultCache())) {
            open();
            await("the first step is shown", () -> has("#vault-location"));
            makeVault();
            try (RunningProgram service = register(agent)) {
                describePolicy();
                Fx.run(stage::close);
                open();
                // What a scroll pane holds is in the scene only once a pulse has laid it out.
                await("the step that was left is shown", () -> has("#policy-name"));
                assertThat(text("#policy-name")).isEqualTo("gold");
                press("#setup-next");
                protect(machine.disks().getFirst().device());
                test();
                service.requireAlive();
            } finally {
                Program.AGENT.run(List.of("unregister", "--local", "--data", agent.toString()));
            }
        } finally {
            Fx.run(stage::close);
            store.removeNode();
            stopEngine();
        }
    }

    private Path data() {
        return folder.resolve("engine");
    }

    private void open() {
        Settings settings = new Settings(store);
        settings.language("en");
        EngineDoor door = new EngineDoor(() -> EngineAccess.connect(data(), null), InstantSource.system());
        stage = Fx.on(Stage::new);
        ConsoleWindow window = Fx.on(() -> new ConsoleWindow(
                stage,
                door,
                settings,
                Places.here(data(), folder.resolve("console").resolve("setup.json"))));
        Fx.run(() -> window.shell().go(PageAddress.of("setup")));
    }

    private void makeVault() throws Exception {
        type("#vault-location", folder.resolve("vault").toString());
        press("#setup-next");
        await("the key is shown", () -> has("#vault-proof"));
        String key = Fx.on(() -> ((TextArea) stage.getScene().lookup(".recovery-key .text-area")).getText());
        type("#vault-proof", "00000000");
        press("#setup-next");
        assertThat(has("#vault-proof")).as("a wrong end of the key is refused").isTrue();
        type("#vault-proof", key.replace("-", "").substring(key.replace("-", "").length() - 8));
        press("#setup-next");
        await("the engine answers", () -> textOf("#connection").equals("Live"));
        await("the file with the key is gone", () -> !Files.exists(data().resolve("recovery-key-until-kept")));
        assertThat(Files.readString(folder.resolve("console").resolve("setup.json")))
                .doesNotContain(key);
        await("the step can be left", () -> {
            press("#setup-next");
            return has("#source-reveal");
        });
    }

    private RunningProgram register(Path agent) throws Exception {
        press("#setup-next");
        assertThat(has("#source-reveal"))
                .as("without a machine the step is not left")
                .isTrue();
        press("#source-reveal");
        await("the passphrase is shown", () -> !text("#source-passphrase").isEmpty());
        Path passphrase = folder.resolve("passphrase");
        Files.writeString(passphrase, text("#source-passphrase"));
        EngineAddress address = EngineAccess.address(data());
        Program.AGENT.run(List.of(
                "register",
                "--server",
                address.toString(),
                "--passphrase-file",
                passphrase.toString(),
                "--name",
                "practice",
                "--data",
                agent.toString()));
        RunningProgram service =
                Program.AGENT.start(folder.resolve("agent.log"), Map.of(), List.of("run", "--data", agent.toString()));
        await(
                "the machine appears",
                () -> Fx.on(() -> stage.getScene().getRoot().lookupAll(".mark").stream()
                        .anyMatch(node -> node instanceof Labeled label && "practice".equals(label.getText()))));
        press("#setup-next");
        press("#setup-next");
        return service;
    }

    private void describePolicy() throws Exception {
        await("the servers are usable", () -> {
            press("#setup-next");
            return has("#policy-new");
        });
        press("#policy-new");
        type("#policy-name", "gold");
        type("#policy-rpo", "soon");
        press("#setup-next");
        assertThat(Fx.on(() -> stage.getScene().getFocusOwner().getId())).isEqualTo("policy-rpo");
        type("#policy-rpo", "15m");
    }

    private void protect(Path device) throws Exception {
        await("the machine can be chosen", () -> Fx.on(() -> find("other-")) != null);
        Fx.run(() -> {
            ((TextField) find("other-")).setText(device.toString());
            ((ButtonBase) find("add-")).fire();
        });
        String picked = Fx.on(() -> stage.getScene().getRoot().lookupAll(".device").stream()
                .filter(node -> node instanceof CheckBox box && box.isSelected())
                .map(node -> ((Labeled) node).getText())
                .toList()
                .toString());
        assertThat(picked).isEqualTo("[" + device + "]");
        press("#setup-next");
        String commands = Fx.on(() -> ((TextArea) stage.getScene().lookup(".command-text .text-area")).getText());
        assertThat(commands).contains("policies create --name gold", "--disk " + device + " --policy gold");
        press("#setup-next");
        await("everything is ordered", () -> textOf("#setup-next").equals("Next"));
        picture("review");
        press("#setup-next");
    }

    private void test() throws Exception {
        await(
                "there is a recovery point",
                () -> Fx.on(() -> !stage.getScene().lookup("#test-run").isDisabled()));
        press("#test-run");
        await(
                "the machine came up",
                () -> Fx.on(() -> stage.getScene().lookup("#test-clean-up").isVisible()));
        await(
                "what came out is shown",
                () -> Fx.on(() -> stage.getScene().getRoot().lookupAll(".label").stream()
                        .anyMatch(node -> "Yes".equals(((Labeled) node).getText()))));
        picture("test");
        press("#test-clean-up");
        await(
                "it is cleaned up",
                () -> Fx.on(() -> !stage.getScene().lookup("#test-clean-up").isVisible()
                        && !stage.getScene().lookup("#test-run").isDisabled()));
        press("#setup-next");
        assertThat(textOf("#section-setup")).isEqualTo("Set-up");
    }

    /// The first node whose id begins so.
    private Node find(String prefix) {
        return stage.getScene().getRoot().lookupAll("*").stream()
                .filter(node -> node.getId() != null && node.getId().startsWith(prefix))
                .findFirst()
                .orElse(null);
    }

    private boolean has(String selector) {
        return Fx.on(() -> stage.getScene().lookup(selector) != null);
    }

    private String text(String selector) {
        return Fx.on(() -> ((TextField) stage.getScene().lookup(selector)).getText());
    }

    private String textOf(String selector) {
        return Fx.on(() -> ((Labeled) stage.getScene().lookup(selector)).getText());
    }

    private void type(String selector, String text) {
        Fx.run(() -> ((TextField) stage.getScene().lookup(selector)).setText(text));
    }

    private void press(String selector) {
        Fx.run(() -> ((ButtonBase) stage.getScene().lookup(selector)).fire());
    }

    private void await(String what, BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                picture("late");
            }
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private void picture(String name) throws IOException {
        Picture.write(Fx.on(stage::getScene), Path.of("target", "gallery", "journey-" + name + ".png"));
    }

    /// It outlives the console, so the test has to end it.
    private void stopEngine() throws Exception {
        for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
            if (child.info().commandLine().orElse("").contains(data().toString())) {
                child.destroy();
                child.onExit().get(60, TimeUnit.SECONDS);
            }
        }
    }
}
