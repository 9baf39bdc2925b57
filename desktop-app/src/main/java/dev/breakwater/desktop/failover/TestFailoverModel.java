package dev.breakwater.desktop.failover;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.estate.MachineAction;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is looked at before a test failover is ordered, and what came of it.
///
/// @param checks in the order of the page
record TestFailoverModel(List<Check> checks) {

    /// What is looked at, and what can come of it: there is a sentence for that and for nothing else.
    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    enum Kind {
        /// The engine answers now.
        ENGINE(Verdict.PASS, Verdict.BLOCK),
        /// The machine's state allows a test.
        STATE(Verdict.PASS, Verdict.BLOCK),
        /// There is a point, no older than the policy allows.
        POINT(Verdict.PASS, Verdict.WARN, Verdict.BLOCK),
        /// Nothing was remarked when the point was taken.
        REMARKS(Verdict.PASS, Verdict.WARN),
        /// The vault can be reached.
        VAULT(Verdict.PASS, Verdict.WARN),
        /// No other test runs on the engine's computer.
        OTHER_TESTS(Verdict.PASS, Verdict.WARN);

        private final Set<Verdict> possible;

        Kind(Verdict... possible) {
            this.possible = Set.of(possible);
        }

        /// What can come of it.
        Set<Verdict> possible() {
            return possible;
        }
    }

    /// What came of it.
    enum Verdict {
        PASS,
        WARN,
        BLOCK
    }

    /// A check.
    ///
    /// @param why why the state refuses it; for [Kind#STATE] only
    record Check(Kind kind, Verdict verdict, MachineAction.@Nullable Refusal why) {

        Check {
            if (!kind.possible().contains(verdict)) {
                throw new IllegalArgumentException("no sentence for " + kind + " " + verdict);
            }
        }
    }

    /// Looks at what is known now.
    ///
    /// @param machine as the dialog was opened; its present state is taken from the snapshot
    /// @param point the chosen one
    static TestFailoverModel of(Snapshot snapshot, MachineView machine, @Nullable RecoveryPoint point) {
        Figures figures = snapshot.figures();
        MachineView now = figures == null
                ? machine
                : figures.machines().stream()
                        .filter(each -> each.id().equals(machine.id()))
                        .findFirst()
                        .orElse(machine);
        MachineAction.Refusal refusal = MachineAction.TEST_FAILOVER.refusal(now).orElse(null);
        return new TestFailoverModel(List.of(
                check(Kind.ENGINE, snapshot.connection() == Connection.LIVE ? Verdict.PASS : Verdict.BLOCK),
                new Check(Kind.STATE, refusal == null ? Verdict.PASS : Verdict.BLOCK, refusal),
                check(Kind.POINT, age(figures, now, point)),
                check(Kind.REMARKS, point == null || point.remarks().isEmpty() ? Verdict.PASS : Verdict.WARN),
                check(Kind.VAULT, vault(figures, now)),
                check(Kind.OTHER_TESTS, others(figures, now))));
    }

    private static Check check(Kind kind, Verdict verdict) {
        return new Check(kind, verdict, null);
    }

    /// An older point may be just what is wanted: a warning, no more.
    private static Verdict age(@Nullable Figures figures, MachineView machine, @Nullable RecoveryPoint point) {
        if (point == null) {
            return Verdict.BLOCK;
        }
        if (figures == null) {
            return Verdict.WARN;
        }
        Instant now = figures.takenAt();
        boolean tooOld = figures.policies().stream()
                .filter(policy -> policy.name().equals(machine.policy()))
                .anyMatch(policy -> Duration.between(point.time(), now).compareTo(policy.rpoThreshold()) > 0);
        return tooOld ? Verdict.WARN : Verdict.PASS;
    }

    /// What the process server says of the vault is a hint only: the engine opens it by itself.
    private static Verdict vault(@Nullable Figures figures, MachineView machine) {
        if (figures == null) {
            return Verdict.WARN;
        }
        return figures.processServers().stream()
                        .filter(server -> server.id().equals(machine.processServer()))
                        .map(ProcessServerView::figures)
                        .filter(java.util.Objects::nonNull)
                        .anyMatch(ProcessServerHealth::vaultReachable)
                ? Verdict.PASS
                : Verdict.WARN;
    }

    private static Verdict others(@Nullable Figures figures, MachineView machine) {
        return figures != null
                        && figures.jobs().stream()
                                .anyMatch(job -> job.kind() == JobView.Kind.TEST_FAILOVER
                                        && !job.state().finished()
                                        && !machine.id().equals(job.machine()))
                ? Verdict.WARN
                : Verdict.PASS;
    }

    /// The first check that forbids it; empty if nothing does.
    Optional<Check> block() {
        return checks.stream().filter(check -> check.verdict() == Verdict.BLOCK).findFirst();
    }

    /// The newest application-consistent point.
    static Optional<RecoveryPoint> latestApplication(List<RecoveryPoint> points) {
        return points.stream()
                .filter(point -> point.type() == PointType.APPLICATION_CONSISTENT)
                .reduce((earlier, later) -> later);
    }
}
