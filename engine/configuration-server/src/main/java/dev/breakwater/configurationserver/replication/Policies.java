package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.PolicyTable;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.model.ReplicationPolicy;
import java.util.List;

/// Replication policies. A change reaches all machines of the policy.
public final class Policies {

    private final Database database;

    /// The policies of that database; the one named `default` is there from the start.
    public Policies(Database database) {
        this.database = database;
        database.write(tx -> {
            if (PolicyTable.byName(tx, ReplicationPolicy.DEFAULT.name()).isEmpty()) {
                PolicyTable.put(tx, ReplicationPolicy.DEFAULT);
                VaultDocuments.policy(tx, ReplicationPolicy.DEFAULT);
            }
            return true;
        });
    }

    /// All of them by name.
    public List<ReplicationPolicy> all() {
        return database.read(PolicyTable::all);
    }

    /// Adds one.
    public ReplicationPolicy create(ReplicationPolicy policy) {
        return database.write(tx -> {
            if (PolicyTable.byName(tx, policy.name()).isPresent()) {
                throw Refusal.conflict(
                        "policy-exists",
                        "There is a policy \"" + policy.name() + "\" already.",
                        "",
                        "Choose another name, or change the policy that there is.");
            }
            PolicyTable.put(tx, policy);
            VaultDocuments.policy(tx, policy);
            return policy;
        });
    }

    /// Changes the one of that name.
    public ReplicationPolicy change(String name, ReplicationPolicy policy) {
        if (!policy.name().equals(name)) {
            throw Refusal.invalid("A policy cannot be renamed.", "Create another one.");
        }
        return database.write(tx -> {
            Lookup.policy(tx, name);
            PolicyTable.put(tx, policy);
            VaultDocuments.policy(tx, policy);
            for (MachineRow machine : users(tx, name)) {
                MachineTable.ordersChanged(tx, machine.id());
                if (machine.processServer() != null) {
                    ProcessServerTable.assignmentsChanged(tx, machine.processServer());
                }
            }
            return policy;
        });
    }

    /// Removes one that no machine uses.
    public void delete(String name) {
        database.write(tx -> {
            Lookup.policy(tx, name);
            List<MachineRow> users = users(tx, name);
            if (!users.isEmpty() || name.equals(ReplicationPolicy.DEFAULT.name())) {
                throw Refusal.conflict(
                        "policy-in-use",
                        "The policy \"" + name + "\" cannot be removed.",
                        users.isEmpty() ? "It is the default." : users.size() + " machines use it.",
                        "Put these machines under another policy first, with `breakwater machines change-policy`.");
            }
            PolicyTable.delete(tx, name);
            return true;
        });
    }

    private static List<MachineRow> users(Transaction tx, String policy) {
        return MachineTable.all(tx).stream()
                .filter(machine -> policy.equals(machine.policy()))
                .toList();
    }
}
