package dev.breakwater.vault.check;

import dev.breakwater.model.MachineId;
import dev.breakwater.model.VaultId;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.key.KeyRing;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.log.MachineVault;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/// Checks a vault, and names each thing that is wrong. Changes nothing. Can be stopped by interrupting its thread.
public final class VaultCheck {

    private final ObjectStore store;
    private final VaultId vault;
    private final KeyRing keys;

    /// @param store where the objects are
    /// @param vault the vault's identity
    /// @param keys its keys
    public VaultCheck(ObjectStore store, VaultId vault, KeyRing keys) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
    }

    /// Checks all machines.
    ///
    /// @param depth how much to read
    /// @param witness newest slots that are known to have been durable, from the configuration server or the
    ///     machines;
    ///     only they can tell that the whole vault was rolled back
    /// @param findings gets each finding when it is found
    /// @throws IOException if the store cannot be read, so that nothing can be said
    public CheckSummary run(CheckDepth depth, Map<MachineId, Long> witness, Consumer<Finding> findings)
            throws IOException {
        return run(keys.machines(), depth, witness, findings);
    }

    /// Checks some machines.
    ///
    /// @param machines whose parts
    /// @param depth as above
    /// @param witness as above
    /// @param findings as above
    /// @throws IOException as above
    public CheckSummary run(
            Collection<MachineId> machines, CheckDepth depth, Map<MachineId, Long> witness, Consumer<Finding> findings)
            throws IOException {
        CheckSummary summary = CheckSummary.EMPTY;
        for (MachineId machine : machines) {
            long known = witness.getOrDefault(machine, 0L);
            MachineKeys machineKeys;
            try {
                machineKeys = keys.existing(machine);
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                findings.accept(new Finding.KeysUnreadable(machine, String.valueOf(e.getMessage())));
                summary = summary.plus(new CheckSummary(1, 0, 0, 0, 1, 1, 0));
                continue;
            }
            MachineVault part = new MachineVault(store, vault, machineKeys);
            summary = summary.plus(machine(part, depth, known, findings));
        }
        return summary;
    }

    /// Checks one machine.
    ///
    /// @param part its part of a vault
    /// @param depth how much to read
    /// @param witness newest slot that is known to have been durable, 0 if none is
    /// @param findings gets each finding when it is found
    /// @throws IOException if the store cannot be read, so that nothing can be said
    public static CheckSummary machine(MachineVault part, CheckDepth depth, long witness, Consumer<Finding> findings)
            throws IOException {
        return new MachineCheck(part, depth, witness, findings).run();
    }
}
