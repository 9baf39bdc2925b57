package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.fixture.Keyboard;
import dev.breakwater.model.RecoveryPoint;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javafx.scene.input.KeyCode;

/// On a machine that is protected and has a point: one more point, a test failover from the older one, what came of it
/// and its clean-up, by keys that go the way of a keyboard's. The engine is asked only for what came of it.
final class KeyboardJourney {

    private static final String MACHINE = "practice";

    private final JourneyWindow window;
    private final Keyboard keyboard;

    KeyboardJourney(JourneyWindow window) {
        this.window = window;
        this.keyboard = window.keyboard();
    }

    void run() throws Exception {
        Fx.run(window.stage()::requestFocus);
        try (AdminClient engine = window.engine()) {
            openMachine();
            RecoveryPoint older = orderPoint(engine);
            chooseOldest();
            testFailover();
            TestFailoverResult result = Objects.requireNonNull(
                    newest(engine, JobView.Kind.TEST_FAILOVER).result().testFailover());
            assertThat(result.point()).isEqualTo(older.id());
            assertThat(result.booted()).isTrue();
            cleanUp();
            window.await("it is cleaned up", () -> isCleanedUp(engine));
            assertThat(newest(engine, JobView.Kind.TEST_FAILOVER).result().verdict())
                    .extracting(CleanUpRequest::notes)
                    .isEqualTo("it came up");
        }
    }

    private void openMachine() throws Exception {
        keyboard.push(KeyCode.CONTROL, KeyCode.K);
        window.await("search is open", () -> window.focused().equals("command-field"));
        keyboard.write(MACHINE);
        keyboard.push(KeyCode.ENTER);
        window.await(
                "the machine's points are shown",
                () -> window.has("#point-detail")
                        && !window.textOf("#point-detail").isEmpty());
    }

    /// @return the oldest of two or more
    private RecoveryPoint orderPoint(AdminClient engine) throws Exception {
        String newest = window.textOf("#point-detail");
        keyboard.tabTo("machine-create-point");
        keyboard.push(KeyCode.SPACE);
        window.await(
                "the newer point is chosen instead",
                () -> !window.textOf("#point-detail").equals(newest));
        return engine.points(MACHINE).stream()
                .min(Comparator.comparing(RecoveryPoint::time))
                .orElseThrow();
    }

    private void chooseOldest() {
        keyboard.tabTo("point-timeline");
        String newest = window.textOf("#point-detail");
        keyboard.push(KeyCode.HOME);
        assertThat(window.textOf("#point-detail")).isNotEqualTo(newest);
    }

    private void testFailover() throws Exception {
        keyboard.push(KeyCode.CONTROL, KeyCode.T);
        window.await("the dialog is open", () -> window.focused().equals("failover-next"));
        keyboard.push(KeyCode.ENTER);
        window.await("the chosen point is shown", () -> window.focused().equals("point-timeline"));
        keyboard.push(KeyCode.ENTER);
        window.await("nothing forbids it", () -> window.focused().equals("failover-next"));
        keyboard.push(KeyCode.ENTER);
        keyboard.push(KeyCode.ENTER);
        window.await("the test is followed", () -> window.has("#test-state"));
        window.await("the test is done", () -> window.textOf("#test-state").equals("Done"));
        window.await("what came of it is shown", () -> window.says("Yes"));
        window.picture("keyboard");
    }

    private void cleanUp() throws Exception {
        keyboard.tabTo("test-clean-up");
        keyboard.push(KeyCode.SPACE);
        window.await("clean-up is asked", () -> window.has("#clean-up-start"));
        keyboard.tabTo("clean-up-notes");
        keyboard.write("it came up");
        keyboard.tabTo("clean-up-start");
        keyboard.push(KeyCode.SPACE);
    }

    private static boolean isCleanedUp(AdminClient engine) {
        try {
            List<JobView> cleanUps = of(engine, JobView.Kind.TEST_FAILOVER_CLEANUP);
            return cleanUps.size() == 2 && cleanUps.stream().allMatch(job -> job.state() == JobView.State.SUCCEEDED);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JobView newest(AdminClient engine, JobView.Kind kind) throws IOException, InterruptedException {
        return of(engine, kind).stream()
                .max(Comparator.comparing(JobView::createdAt))
                .orElseThrow();
    }

    private static List<JobView> of(AdminClient engine, JobView.Kind kind) throws IOException, InterruptedException {
        return engine.jobs(100).stream().filter(job -> job.kind() == kind).toList();
    }
}
