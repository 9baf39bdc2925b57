package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.OutboxTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReplicationPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the vault must say about itself. It goes into the outbox in the transaction that changes it.
final class VaultDocuments {

    private VaultDocuments() {}

    /// A machine as the vault describes it.
    ///
    /// @param id its identity
    /// @param name what people call it
    /// @param policy its policy, while protected
    /// @param disks its protected disks, in its order
    /// @param protectedNow whether it is protected
    record MachineDocument(
            MachineId id, String name, @Nullable String policy, List<DiskOrder> disks, boolean protectedNow) {}

    static void machine(Transaction tx, MachineRow row) {
        OutboxTable.put(
                tx,
                "machine",
                row.id().uuid(),
                new MachineDocument(
                        row.id(), row.name(), row.policy(), DiskTable.active(tx, row.id()), row.isProtected()));
    }

    static void policy(Transaction tx, ReplicationPolicy policy) {
        UUID id = UUID.nameUUIDFromBytes(("policy:" + policy.name()).getBytes(StandardCharsets.UTF_8));
        OutboxTable.put(tx, "policy", id, policy);
    }
}
