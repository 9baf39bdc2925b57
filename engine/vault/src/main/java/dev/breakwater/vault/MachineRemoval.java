package dev.breakwater.vault;

import dev.breakwater.model.MachineId;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectKind;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.catalog.CatalogMachine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Deletes everything that a vault has of one machine. The keys go last: what a removal that was cut off leaves can
/// still be found and removed, and whatever a copy of the objects may still hold is unreadable once they are gone.
public final class MachineRemoval {

    private static final List<ObjectKind> ORDER =
            List.of(ObjectKind.POINT, ObjectKind.CHECKPOINT, ObjectKind.SEGMENT, ObjectKind.PIN, ObjectKind.KEY);

    private static final int PAGE = 1000;

    private final Vault vault;
    private final MachineId machine;

    /// Deletes nothing yet.
    public MachineRemoval(Vault vault, MachineId machine) {
        this.vault = vault;
        this.machine = machine;
    }

    /// Why the machine must not be removed now, if so: it is protected, or a point of it is in use.
    ///
    /// @throws IOException if the vault cannot be read
    public Optional<String> obstacle() throws IOException {
        Optional<CatalogMachine> document =
                vault.catalog().get(Catalog.MACHINES, machine.toString(), CatalogMachine.class);
        if (document.isPresent() && !document.get().policy().isEmpty()) {
            return Optional.of("it is protected. End its protection first");
        }
        return vault.pins().live(machine).isEmpty()
                ? Optional.empty()
                : Optional.of("a recovery point of it is in use, by a test failover or an export. End that first");
    }

    /// Deletes. May be repeated, and goes on where it was cut off.
    ///
    /// @return objects deleted
    /// @throws IOException if the store fails
    public long run() throws IOException {
        long deleted = 0;
        for (ObjectKind kind : ORDER) {
            if (kind == ObjectKind.KEY) {
                vault.catalog().remove(Catalog.MACHINES, machine.toString());
            }
            deleted += delete(vault.store(), kind.prefix() + machine + "/");
        }
        return deleted;
    }

    private static long delete(ObjectStore store, String prefix) throws IOException {
        long deleted = 0;
        List<ObjectInfo> page = store.list(prefix, "", PAGE);
        while (!page.isEmpty()) {
            for (ObjectInfo object : page) {
                deleted += store.delete(object.name()) ? 1 : 0;
            }
            page = page.size() < PAGE
                    ? List.of()
                    : store.list(prefix, page.getLast().name(), PAGE);
        }
        return deleted;
    }
}
