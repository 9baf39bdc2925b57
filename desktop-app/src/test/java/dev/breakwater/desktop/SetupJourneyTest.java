package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.desktop.fixture.EngineProcess;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.parts.ActionButton;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.launcher.process.Program;
import dev.breakwater.launcher.process.RunningProgram;
import dev.breakwater.sitelocal.practice.KernelFiles;
import dev.breakwater.sitelocal.practice.LivePracticeMachine;
import dev.breakwater.sitelocal.practice.PracticeMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.prefs.Preferences;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From an empty computer to a machine that is protected and was tested, through the window, with a real engine, a real
/// mobility service and a practice machine on a loop device.
class SetupJourneyTest {

    private static final long DISK = 512L << 20;

    @TempDir
    private Path folder;

    private final Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
    private JourneyWindow window;

    @Test
    @DisplayName("from empty to protected and tested, past a death of the engine, closed and resumed in the middle;"
            + " then an older point is tested by the keyboard alone")
    void fromEmptyToTested() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may attach loop devices");
        assumeTrue(PracticeMachine.missing().isEmpty(), "no practice machine: " + PracticeMachine.missing());
        Path agent = folder.resolve("agent");
        try (LivePracticeMachine machine = LivePracticeMachine.start(
                folder.resolve("source"), DISK, 0, "set up by hand", KernelFiles.defaultCache())) {
            window = open();
            window.await("the first step is shown", () -> window.has("#vault-location"));
            makeVault();
            try (RunningProgram service = register(agent)) {
                describePolicy();
                loseEngine();
                window.close();
                window = open();
                // What a scroll pane holds is in the scene only once a pulse has laid it out.
                window.await("the step that was left is shown", () -> window.has("#policy-name"));
                assertThat(window.text("#policy-name")).isEqualTo("gold");
                window.press("#setup-next");
                protect(machine.disks().getFirst().device());
                test();
                new KeyboardJourney(window).run();
                service.requireAlive();
            } finally {
                Program.AGENT.run(List.of("unregister", "--local", "--data", agent.toString()));
            }
        } finally {
            if (window != null) {
                window.close();
            }
            store.removeNode();
            EngineProcess.stop(data());
        }
    }

    private Path data() {
        return folder.resolve("engine");
    }

    private JourneyWindow open() {
        Settings settings = new Settings(store);
        settings.language("en");
        return new JourneyWindow(data(), folder.resolve("console").resolve("setup.json"), settings);
    }

    private void makeVault() throws Exception {
        window.type("#vault-location", folder.resolve("vault").toString());
        window.press("#setup-next");
        window.await("the key is shown", () -> window.has("#vault-proof"));
        String key = Fx.on(
                () -> window.node(TextArea.class, ".recovery-key .text-area").getText());
        window.type("#vault-proof", "00000000");
        window.press("#setup-next");
        assertThat(window.has("#vault-proof"))
                .as("a wrong end of the key is refused")
                .isTrue();
        window.type(
                "#vault-proof",
                key.replace("-", "").substring(key.replace("-", "").length() - 8));
        window.press("#setup-next");
        window.await("the engine answers", () -> window.textOf("#connection").equals("Live"));
        window.await("the file with the key is gone", () -> !Files.exists(data().resolve("recovery-key-until-kept")));
        assertThat(Files.readString(folder.resolve("console").resolve("setup.json")))
                .doesNotContain(key);
        window.await("the step can be left", () -> {
            window.press("#setup-next");
            return window.has("#source-reveal");
        });
    }

    private RunningProgram register(Path agent) throws Exception {
        window.press("#setup-next");
        assertThat(window.has("#source-reveal"))
                .as("without a machine the step is not left")
                .isTrue();
        window.press("#source-reveal");
        window.await(
                "the passphrase is shown",
                () -> !window.text("#source-passphrase").isEmpty());
        Path passphrase = folder.resolve("passphrase");
        Files.writeString(passphrase, window.text("#source-passphrase"));
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
        window.await(
                "the machine appears",
                () -> Fx.on(() -> window.stage().getScene().getRoot().lookupAll(".mark").stream()
                        .anyMatch(node -> node instanceof Labeled label && "practice".equals(label.getText()))));
        window.press("#setup-next");
        window.press("#setup-next");
        return service;
    }

    private void describePolicy() throws Exception {
        window.await("the servers are usable", () -> {
            window.press("#setup-next");
            return window.has("#policy-new");
        });
        window.press("#policy-new");
        window.type("#policy-name", "gold");
        window.type("#policy-rpo", "soon");
        window.press("#setup-next");
        assertThat(window.focused()).isEqualTo("policy-rpo");
        window.type("#policy-rpo", "15m");
    }

    /// It is killed while a policy is half described, and started from the window.
    private void loseEngine() throws Exception {
        EngineAddress address = EngineAccess.address(data());
        int replication = EngineAccess.replicationPort(data()).orElseThrow();
        EngineProcess.kill(data());
        window.await("the end is noticed", () -> window.textOf("#connection").startsWith("Engine stopped: as of "));
        assertThat(window.textOf("#notice")).contains("is stopped");
        window.picture("lost");
        window.type("#policy-retention", "2d");
        window.press("#notice-do");
        window.await(
                "the engine answers again", () -> window.textOf("#connection").equals("Live"));
        window.await("nothing is said of it any more", () -> !window.isShown("#notice"));
        assertThat(EngineAccess.address(data())).isEqualTo(address);
        assertThat(EngineAccess.replicationPort(data())).hasValue(replication);
        assertThat(List.of(window.text("#policy-name"), window.text("#policy-rpo"), window.text("#policy-retention")))
                .as("what was typed before and meanwhile")
                .containsExactly("gold", "15m", "2d");
    }

    private void protect(Path device) throws Exception {
        window.await("the machine can be chosen", () -> Fx.on(() -> find("other-")) != null);
        Fx.run(() -> {
            ((TextField) find("other-")).setText(device.toString());
            ((ButtonBase) find("add-")).fire();
        });
        String picked = Fx.on(() -> window.stage().getScene().getRoot().lookupAll(".device").stream()
                .filter(node -> node instanceof CheckBox box && box.isSelected())
                .map(node -> ((Labeled) node).getText())
                .toList()
                .toString());
        assertThat(picked).isEqualTo("[" + device + "]");
        window.press("#setup-next");
        String commands = Fx.on(
                () -> window.node(TextArea.class, ".command-text .text-area").getText());
        assertThat(commands).contains("policies create --name gold", "--disk " + device + " --policy gold");
        window.press("#setup-next");
        window.await("everything is ordered", () -> {
            // The process server of an engine that has just started again is heard within seconds.
            if (window.textOf("#setup-next").equals("Try again")) {
                window.press("#setup-next");
            }
            return window.textOf("#setup-next").equals("Next");
        });
        window.picture("review");
        window.press("#setup-next");
    }

    private void test() throws Exception {
        window.await(
                "there is a recovery point",
                () -> Fx.on(() -> !window.node(ActionButton.class, "#test-run").isRefused()));
        window.press("#test-run");
        window.await(
                "the machine came up",
                () -> Fx.on(() -> window.node(Node.class, "#test-clean-up").isVisible()));
        window.await("what came out is shown", () -> window.says("Yes"));
        window.picture("test");
        window.press("#test-clean-up");
        window.await(
                "it is cleaned up",
                () -> Fx.on(() -> !window.node(Node.class, "#test-clean-up").isVisible()
                        && !window.node(ActionButton.class, "#test-run").isRefused()));
        window.press("#setup-next");
        assertThat(window.textOf("#section-setup")).isEqualTo("Set-up");
    }

    /// The first node whose id begins so.
    private Node find(String prefix) {
        return window.stage().getScene().getRoot().lookupAll("*").stream()
                .filter(node -> node.getId() != null && node.getId().startsWith(prefix))
                .findFirst()
                .orElse(null);
    }
}
