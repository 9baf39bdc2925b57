package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.port.VaultView;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.control.admin.JobView.Kind;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks into the vault for points whose report never came: the process server may have died between writing and
/// telling. Only machines with a job that waits for a point are looked at.
public final class VaultWitness {

    private static final Logger LOG = LoggerFactory.getLogger(VaultWitness.class);

    /// Reports usually come within a second of the point.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final VaultView vault;
    private final Progress progress;

    /// A witness for the jobs of that database.
    public VaultWitness(Database database, VaultView vault, Progress progress) {
        this.database = database;
        this.vault = vault;
        this.progress = progress;
    }

    private record Waiting(MachineId machine, List<DiskId> disks) {}

    /// Looks once.
    public void look() {
        List<Waiting> waiting = database.read(tx -> JobTable.unfinished(tx).stream()
                .filter(job -> job.kind() == Kind.CREATE_POINT || job.kind() == Kind.PROTECT)
                .filter(job -> Duration.between(job.createdAt(), tx.now()).compareTo(PATIENCE) > 0)
                .flatMap(job -> Optional.ofNullable(job.machine()).stream())
                .distinct()
                .map(machine -> new Waiting(machine, DiskTable.everProtected(tx, machine)))
                .toList());
        for (Waiting machine : waiting) {
            try {
                List<RecoveryPoint> points = vault.points(machine.machine(), machine.disks());
                progress.found(machine.machine(), points);
            } catch (IOException e) {
                LOG.info("The vault could not be asked for points of {}; it is tried again.", machine.machine(), e);
            }
        }
    }
}
