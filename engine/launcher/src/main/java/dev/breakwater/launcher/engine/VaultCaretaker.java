package dev.breakwater.launcher.engine;

import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.Threads;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.catalog.CatalogMachine;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import dev.breakwater.vault.maintenance.MaintenanceReport;
import dev.breakwater.vault.maintenance.PinnedPoints;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the points of machines that nobody replicates any more: process servers look after their machines
/// only. Which these are the vault itself says. Their points are thinned out as those of others; the newest is kept
/// until somebody removes the machine from the vault.
final class VaultCaretaker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VaultCaretaker.class);

    /// Points go by the hour at most.
    private static final Duration EVERY = Duration.ofHours(1);

    /// The longest that a policy can ask for: whatever the machine's was, nothing goes earlier than it would have.
    private static final Duration RETENTION = Duration.ofDays(15);

    private final Vault vault;
    private final InstantSource clock;
    private final Thread thread;

    private VaultCaretaker(Vault vault, InstantSource clock, Threads threads) {
        this.vault = vault;
        this.clock = clock;
        this.thread = threads.background("vault-caretaker-").newThread(() -> work(threads));
    }

    /// Starts looking, the first time an hour from now.
    static VaultCaretaker start(Vault vault, InstantSource clock, Threads threads) {
        VaultCaretaker caretaker = new VaultCaretaker(vault, clock, threads);
        caretaker.thread.start();
        return caretaker;
    }

    private void work(Threads threads) {
        try {
            while (true) {
                threads.sleep(EVERY);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("The caretaker was stopped.");
        }
    }

    /// Looks at all of them once.
    void look() throws InterruptedException {
        try {
            for (CatalogMachine machine :
                    vault.catalog().list(Catalog.MACHINES, CatalogMachine.class).values()) {
                if (machine.policy().isEmpty()) {
                    lookAfter(machine);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Machines that are no longer protected were not looked after; it is tried again in an hour.", e);
        }
    }

    private void lookAfter(CatalogMachine machine) throws InterruptedException {
        MachineId id = machine.machineId();
        try {
            MachineVault part =
                    new MachineVault(vault.store(), vault.id(), vault.keyRing().existing(id));
            MaintenanceReport report = MachineMaintenance.of(
                            part, Entropy.system(), clock, PinnedPoints.of(vault.pins(), id), MaintenanceLimits.DEFAULT)
                    .run(RETENTION);
            if (!report.equals(MaintenanceReport.NOTHING)) {
                LOG.info("Maintenance of machine {}, which is no longer protected: {}", machine.name(), report);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Maintenance of machine {} failed and will be tried again: {}", machine.name(), e.toString());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
