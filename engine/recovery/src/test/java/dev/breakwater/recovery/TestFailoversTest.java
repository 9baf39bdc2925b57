package dev.breakwater.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.PointId;
import dev.breakwater.site.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A test failover")
@Timeout(60)
class TestFailoversTest {

    @TempDir
    private Path folder;

    private FakePoints points;
    private FakeSite site;
    private FileFlowJournal journal;
    private TestFailovers failovers;

    @BeforeEach
    void open() throws IOException {
        points = new FakePoints();
        site = new FakeSite(folder);
        journal = new FileFlowJournal(folder.resolve("flows"));
        failovers = new TestFailovers(points, site, journal, () -> Instant.EPOCH, System::nanoTime);
    }

    private TestFailoverRequest request(PointChoice point) {
        return new TestFailoverRequest(
                UUID.randomUUID(),
                points.machine,
                "web",
                point,
                List.of(new Probe.SerialText("=== BOOTED"), new Probe.HttpAnswer(8080, "/", "")),
                Duration.ofSeconds(5),
                folder.resolve("reports"));
    }

    @Test
    @DisplayName("runs the machine from a pinned point, records every step, and after clean-up nothing is left")
    void runs() throws Exception {
        TestFailoverRequest request = request(new PointChoice.Latest());
        List<String> heard = new ArrayList<>();
        TestFailoverResult result = failovers.run(request, (entry, _) -> heard.add(entry.step() + " " + entry.phase()));

        assertThat(result.state()).isEqualTo(TestFailoverState.COMPLETED);
        assertThat(result.booted()).isTrue();
        assertThat(result.point()).contains(points.points.getLast().id());
        assertThat(result.bootSeconds()).isEqualTo(4.2);
        assertThat(result.rtoSeconds()).isPositive();
        assertThat(result.probes()).hasSize(2);
        assertThat(result.remarks()).contains("a remark");
        assertThat(result.screenshot()).hasValueSatisfying(f -> assertThat(f).hasContent("picture"));
        assertThat(result.serialLog()).hasValueSatisfying(f -> assertThat(f).hasContent("=== BOOTED"));
        assertThat(site.running.values())
                .singleElement()
                .satisfies(order -> assertThat(order.reachablePorts()).containsExactly(8080));
        assertThat(points.pins).containsExactly(java.util.Map.entry(request.flow(), 3L));
        assertThat(points.open).hasValue(2);
        assertThat(heard)
                .containsSubsequence(
                        "pin-point BEGUN",
                        "pin-point DONE",
                        "open-disks DONE",
                        "start-machine BEGUN",
                        "start-machine DONE",
                        "probe-machine DONE",
                        "take-screenshot DONE",
                        "state DONE");
        assertThat(failovers.testOf(points.machine)).contains(request.flow());

        failovers.cleanUp(request.flow(), FlowListener.NONE);
        assertNothingLeft();
        failovers.cleanUp(request.flow(), FlowListener.NONE);
    }

    private void assertNothingLeft() throws Exception {
        assertThat(site.running).isEmpty();
        assertThat(points.pins).isEmpty();
        assertThat(points.open).hasValue(0);
        assertThat(journal.flows()).isEmpty();
        assertThat(failovers.testOf(points.machine)).isEmpty();
    }

    @Test
    @DisplayName("takes the point that was asked for")
    void picksPoint() throws Exception {
        TestFailoverRequest application = request(PointChoice.parse("latest-application-consistent"));
        assertThat(failovers.run(application, FlowListener.NONE).point())
                .contains(points.points.get(1).id());
        failovers.cleanUp(application.flow(), FlowListener.NONE);
        PointId first = points.points.getFirst().id();
        assertThat(failovers
                        .run(request(PointChoice.parse(first.toString())), FlowListener.NONE)
                        .point())
                .contains(first);
    }

    @Test
    @DisplayName("does not begin when the point does not exist")
    void unknownPoint() throws Exception {
        PointChoice nowhere = new PointChoice.Custom(new PointId(UUID.randomUUID()));
        assertThatThrownBy(() -> failovers.run(request(nowhere), FlowListener.NONE))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("points list");
        assertNothingLeft();
    }

    @Test
    @DisplayName("does not begin while another test of the machine is not cleaned up")
    void oneAtATime() throws Exception {
        TestFailoverRequest first = request(new PointChoice.Latest());
        failovers.run(first, FlowListener.NONE);
        assertThatThrownBy(() -> failovers.run(request(new PointChoice.Latest()), FlowListener.NONE))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining(first.flow().toString());
        failovers.cleanUp(first.flow(), FlowListener.NONE);
        assertThat(failovers
                        .run(request(new PointChoice.Latest()), FlowListener.NONE)
                        .booted())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"pin,", "open,", ",start", ",probe"})
    @DisplayName("that fails at a step says so, waits for clean-up, and then leaves nothing")
    void failsAtStep(String pointsFailAt, String siteFailAt) throws Exception {
        points.failAt = pointsFailAt == null ? "" : pointsFailAt;
        site.failAt = siteFailAt == null ? "" : siteFailAt;
        TestFailoverRequest request = request(new PointChoice.Latest());
        TestFailoverResult result = failovers.run(request, FlowListener.NONE);
        assertThat(result.state()).isEqualTo(TestFailoverState.FAILED);
        assertThat(result.booted()).isFalse();
        assertThat(result.failure()).contains("failed on purpose");
        assertThat(failovers.state(request.flow())).isEqualTo(TestFailoverState.FAILED);
        points.failAt = "";
        site.failAt = "";
        failovers.cleanUp(request.flow(), FlowListener.NONE);
        assertNothingLeft();
    }

    @Test
    @DisplayName("of a machine that gives no sign of life has failed, and still has picture and log to look at")
    void silentMachine() throws Exception {
        site.answers = false;
        TestFailoverResult result = failovers.run(request(new PointChoice.Latest()), FlowListener.NONE);
        assertThat(result.state()).isEqualTo(TestFailoverState.FAILED);
        assertThat(result.booted()).isFalse();
        assertThat(result.rtoSeconds()).isZero();
        assertThat(result.failure()).contains("silence");
        assertThat(result.probes()).hasSize(1);
        assertThat(result.screenshot()).isPresent();
    }

    @Test
    @DisplayName("without a picture is none the worse, and says why")
    void noPicture() throws Exception {
        site.failAt = "screenshot";
        TestFailoverResult result = failovers.run(request(new PointChoice.Latest()), FlowListener.NONE);
        assertThat(result.state()).isEqualTo(TestFailoverState.COMPLETED);
        assertThat(result.screenshot()).isEmpty();
        assertThat(result.remarks()).anyMatch(r -> r.contains("screenshot failed on purpose"));
    }

    @Test
    @DisplayName("whose clean-up fails can be cleaned up again")
    void cleanUpAgain() throws Exception {
        TestFailoverRequest request = request(new PointChoice.Latest());
        failovers.run(request, FlowListener.NONE);
        points.failAt = "release";
        assertThatThrownBy(() -> failovers.cleanUp(request.flow(), FlowListener.NONE))
                .isInstanceOf(RecoveryException.class);
        assertThat(failovers.state(request.flow())).isEqualTo(TestFailoverState.CLEANUP_FAILED);
        points.failAt = "";
        failovers.cleanUp(request.flow(), FlowListener.NONE);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    @DisplayName("of an engine that was killed after any line of the journal is undone by the next engine")
    void killedAnywhere(int lines) throws Exception {
        FlowListener killer = (entry, _) -> {
            if (entry.number() + 1 == lines) {
                throw new IllegalStateException("killed");
            }
        };
        UUID flow = null;
        try {
            TestFailoverRequest request = request(new PointChoice.Latest());
            flow = request.flow();
            failovers.run(request, killer);
            failovers.cleanUp(flow, killer);
        } catch (IllegalStateException killed) {
            assertThat(killed).hasMessage("killed");
        }
        points.open.set(0);
        List<UUID> left = journal.flows();
        failovers = new TestFailovers(points, site, journal, () -> Instant.EPOCH, System::nanoTime);
        assertThat(failovers.undoLeftovers(FlowListener.NONE)).isEqualTo(left);
        points.open.set(0);
        assertNothingLeft();
        assertThat(failovers.state(flow)).isEqualTo(TestFailoverState.NONE);
    }

    @Test
    @DisplayName("that an engine had begun when it was killed is begun anew when it is ordered again")
    void orderedAgain() throws Exception {
        TestFailoverRequest request = request(new PointChoice.Latest());
        failovers.run(request, FlowListener.NONE);
        points.open.set(0);
        failovers = new TestFailovers(points, site, journal, () -> Instant.EPOCH, System::nanoTime);
        assertThat(failovers.run(request, FlowListener.NONE).booted()).isTrue();
        assertThat(site.calls.stream().filter("start"::equals)).hasSize(2);
        failovers.cleanUp(request.flow(), FlowListener.NONE);
        assertNothingLeft();
    }

    @Test
    @DisplayName("leaves out the line of its journal that a crash cut short")
    void cutLine() throws Exception {
        UUID flow = UUID.randomUUID();
        FlowEntry entry = new FlowEntry(
                flow,
                0,
                Instant.EPOCH,
                "state",
                FlowEntry.Phase.DONE,
                TestFailoverState.INITIATED,
                java.util.Map.of("machine", points.machine.toString(), "name", "Grüße"));
        journal.append(entry);
        Path file = folder.resolve("flows").resolve(flow + ".flow");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2), StandardOpenOption.APPEND);
        assertThat(journal.entries(flow)).containsExactly(entry);
        journal.append(entry);
        assertThat(journal.entries(flow)).containsExactly(entry, entry);
    }

    @Test
    @DisplayName("goes through the states that the table allows and no others")
    void table() {
        assertThat(TestFailoverState.NONE.mayBecome(TestFailoverState.INITIATED))
                .isTrue();
        assertThat(TestFailoverState.NONE.mayBecome(TestFailoverState.COMPLETED))
                .isFalse();
        assertThat(TestFailoverState.COMPLETED.mayBecome(TestFailoverState.NONE))
                .isFalse();
        for (TestFailoverState state : TestFailoverState.values()) {
            if (state != TestFailoverState.NONE && state != TestFailoverState.CLEANUP_INITIATED) {
                assertThat(state.mayBecome(TestFailoverState.CLEANUP_INITIATED))
                        .describedAs("clean-up from %s", state)
                        .isTrue();
            }
        }
    }
}
