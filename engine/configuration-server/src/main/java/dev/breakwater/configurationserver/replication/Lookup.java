package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.PolicyTable;
import dev.breakwater.configurationserver.store.ProcessServerRow;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReplicationPolicy;

/// Finds what a request names, or refuses it in words.
final class Lookup {

    private Lookup() {}

    static MachineRow machine(Transaction tx, String reference) {
        return MachineTable.byNameOrId(tx, reference)
                .orElseThrow(() -> Refusal.notFound(
                        "machine-not-found",
                        "No machine \"" + reference + "\" is registered.",
                        "List the machines with `breakwater machines list`."));
    }

    static MachineRow machine(Transaction tx, MachineId id) {
        return MachineTable.byId(tx, id)
                .orElseThrow(() -> Refusal.notFound(
                        "machine-not-found", "The machine " + id + " is not registered any more.", "Register it."));
    }

    static ReplicationPolicy policy(Transaction tx, String name) {
        return PolicyTable.byName(tx, name)
                .orElseThrow(() -> Refusal.notFound(
                        "policy-not-found",
                        "There is no policy \"" + name + "\".",
                        "List the policies with `breakwater policies list`."));
    }

    static ProcessServerRow server(Transaction tx, String reference) {
        return ProcessServerTable.byNameOrId(tx, reference)
                .orElseThrow(() -> Refusal.notFound(
                        "process-server-not-found",
                        "No process server \"" + reference + "\" is registered.",
                        "List them with `breakwater process-servers list`."));
    }
}
