package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.replication.LiveStatus.MachineHeard;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.LastTestTable;
import dev.breakwater.configurationserver.store.MachineHealthTable;
import dev.breakwater.configurationserver.store.MachineHealthTable.Seen;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.PolicyTable;
import dev.breakwater.configurationserver.store.ProcessServerRow;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.LastTest;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.MachineView.ProtectedDisk;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows of machines made into views. What belongs to them is read for all together: as many queries for ten thousand
/// machines as for one.
final class MachineViews {

    /// Older than any point that is kept; a clock that is wrong by ages must not overflow a number.
    private static final Duration OLDEST = Duration.ofDays(100 * 365);

    private final LiveStatus live;
    private final Instant now;
    private final Map<String, ReplicationPolicy> policies;
    private final Map<ProcessServerId, String> servers;
    private final Map<MachineId, List<DiskOrder>> disks;
    private final Set<MachineId> revoked;
    private final Map<MachineId, Seen> healths;
    private final Map<MachineId, LastTest> tests;

    private MachineViews(Transaction tx, LiveStatus live, MachineId first, MachineId last) {
        this.live = live;
        now = tx.now();
        policies = PolicyTable.all(tx).stream().collect(Collectors.toMap(ReplicationPolicy::name, policy -> policy));
        servers = ProcessServerTable.all(tx).stream()
                .collect(Collectors.toMap(ProcessServerRow::id, ProcessServerRow::name));
        disks = DiskTable.active(tx, first, last);
        revoked = MachineTable.revoked(tx, first, last);
        healths = MachineHealthTable.between(tx, first, last);
        tests = LastTestTable.between(tx, first, last);
    }

    /// The views of those rows, in their order.
    static List<MachineView> of(Transaction tx, LiveStatus live, List<MachineRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Comparator<MachineId> byText = Comparator.comparing(MachineId::toString);
        List<MachineId> ids = rows.stream().map(MachineRow::id).sorted(byText).toList();
        MachineViews views = new MachineViews(tx, live, ids.getFirst(), ids.getLast());
        return rows.stream().map(views::view).toList();
    }

    private MachineView view(MachineRow row) {
        MachineHeard heard = live.machine(row.id()).orElse(null);
        RecoveryPoint newest = row.newestPoint();
        Duration rpo = newest == null || !row.isProtected() ? null : age(newest, heard, now);
        List<Problem> problems = new ArrayList<>();
        Health health = row.isProtected()
                ? HealthRules.ofMachine(heard, now, rpo, policy(row).rpoThreshold(), problems)
                : Health.NORMAL;
        if (revoked.contains(row.id())) {
            health = Health.CRITICAL;
            problems.add(Revoked.PROBLEM);
        }
        Seen seen = healths.get(row.id());
        return new MachineView(
                row.id(),
                row.name(),
                row.state(),
                row.testFailoverState(),
                health,
                problems,
                row.policy(),
                row.processServer(),
                row.processServer() == null ? null : servers.get(row.processServer()),
                disks.getOrDefault(row.id(), List.of()).stream()
                        .map(disk -> new ProtectedDisk(disk.id(), disk.device(), disk.sizeBytes(), disk.boot()))
                        .toList(),
                heard == null ? null : heard.at(),
                newest == null ? null : newest.id(),
                newest == null ? null : newest.time(),
                rpo == null ? null : rpo.toSeconds(),
                heard == null ? null : heard.status(),
                row.inventory(),
                seen != null && seen.health() == health ? seen.since() : null,
                tests.get(row.id()));
    }

    /// How old a point is; its time is that of the machine's clock, which may be anything.
    static Duration age(RecoveryPoint point, @Nullable MachineHeard heard, Instant now) {
        Duration ahead = heard == null || heard.ahead() == null ? Duration.ZERO : heard.ahead();
        // Not from the machine's clock to a time: that may be one which there is not.
        Duration age = Duration.between(point.time(), now).plus(ahead);
        return age.isNegative() ? Duration.ZERO : age.compareTo(OLDEST) < 0 ? age : OLDEST;
    }

    private ReplicationPolicy policy(MachineRow row) {
        return row.policy() == null
                ? ReplicationPolicy.DEFAULT
                : policies.getOrDefault(row.policy(), ReplicationPolicy.DEFAULT);
    }
}
