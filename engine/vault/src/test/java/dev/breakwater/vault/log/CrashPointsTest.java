package dev.breakwater.vault.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.check.CheckDepth;
import dev.breakwater.vault.check.Severity;
import dev.breakwater.vault.check.VaultCheck;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import dev.breakwater.vault.maintenance.PinnedPoints;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A machine's log when the process dies at any call to the store")
class CrashPointsTest {

    private static final Duration RETENTION = Duration.ofHours(3);
    private static final MaintenanceLimits LIMITS =
            new MaintenanceLimits(3, 6, Duration.ofHours(1), Duration.ofDays(1), 1 << 20, 64 << 10, 1L << 30);

    /// What a life of the process achieved: all that was told durable.
    private static final class Life {
        private final List<PointId> durable = new ArrayList<>();
        private boolean died;
    }

    private static Life live(PracticeMachine machine, MemoryStore store, int points, int inlineBytes) throws Exception {
        Life life = new Life();
        MachineMaintenance maintenance =
                MachineMaintenance.of(machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, LIMITS);
        try (MachineWriter writer = machine.writer(store, new WriterLimits(1 << 20, inlineBytes, 1 << 20, 1))) {
            for (int i = 0; i < points; i++) {
                Map<DiskId, byte[]> before = machine.snapshot();
                GenerationWriter open = machine.begin(writer);
                machine.change(open, 4);
                GenerationClose.Point close = machine.pointClose();
                machine.remember(close.id());
                try {
                    open.commit(close).get();
                    life.durable.add(close.id());
                } catch (ExecutionException e) {
                    // The sender keeps a generation that is not durable. Here it is forgotten instead, so that what the
                    // vault then holds can be told apart: with it or without it, but whole.
                    machine.restore(before);
                    life.died = true;
                    return life;
                }
                machine.pass(Duration.ofMinutes(40));
                maintenance.run(RETENTION);
            }
        } catch (IOException e) {
            life.died = true;
        }
        return life;
    }

    @ParameterizedTest(name = "inline up to {0} bytes, effect of the last call: {1}")
    @CsvSource({"1048576, false", "1048576, true", "0, false", "0, true"})
    @DisplayName("keeps every durable point exact, and goes on")
    void everyCall(int inlineBytes, boolean happens) throws Exception {
        PracticeMachine counted = new PracticeMachine(new Seed(31), 1, 120);
        MemoryStore whole = new MemoryStore();
        live(counted, whole, 10, inlineBytes);
        long calls = whole.calls();
        assertThat(calls).isGreaterThan(40);
        for (long call = 0; call < calls; call++) {
            PracticeMachine machine = new PracticeMachine(new Seed(31), 1, 120);
            MemoryStore store = new MemoryStore();
            store.fallSilent(call, happens);
            Life first = live(machine, store, 10, inlineBytes);
            // The very last call may be a look that has its effect.
            assertThat(first.died || call == calls - 1)
                    .as("died at call %s", call)
                    .isTrue();
            MemoryStore after = store.reopened();
            Set<PointId> before = verify(machine, after, call);
            if (!first.durable.isEmpty()) {
                assertThat(before).as("died at call %s", call).contains(first.durable.getLast());
            }
            // Whoever crashed in the middle of a point does not know whether it happened: begin from what is there.
            continueFromVault(machine, after);
            Life second = live(machine, after, 5, inlineBytes);
            assertThat(second.died).isFalse();
            Set<PointId> now = verify(machine, after, call);
            assertThat(now).contains(second.durable.getLast());
        }
    }

    private static void continueFromVault(PracticeMachine machine, MemoryStore store) throws IOException {
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            if (!reader.points().isEmpty()) {
                machine.restore(machine.points().get(reader.points().getLast().id()));
            } else {
                Map<DiskId, byte[]> zeros = new HashMap<>();
                machine.snapshot().forEach((disk, content) -> zeros.put(disk, new byte[content.length]));
                machine.restore(zeros);
            }
        }
    }

    private static Set<PointId> verify(PracticeMachine machine, MemoryStore store, long call) throws IOException {
        Set<PointId> listed = new HashSet<>();
        try (MachineReader reader = MachineReader.open(machine.in(store))) {
            machine.verify(reader);
            reader.points().forEach(point -> listed.add(point.id()));
        }
        VaultCheck.machine(
                machine.in(store),
                CheckDepth.DATA,
                0,
                finding -> assertThat(finding.severity())
                        .as("died at call %s: %s", call, finding.message())
                        .isEqualTo(Severity.INFO));
        return listed;
    }
}
