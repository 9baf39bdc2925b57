package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.store.CertificateTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;

/// Whose certificate was taken back: gets no keys and no data.
final class Revoked {

    /// For people.
    static final String PROBLEM =
            "It was revoked: its certificate is refused until it is admitted and registers again.";

    private Revoked() {}

    static boolean is(Transaction tx, ProcessServerId server) {
        return is(tx, new PeerName(PeerRole.PROCESS_SERVER, server.uuid()));
    }

    static boolean is(Transaction tx, MachineId machine) {
        return is(tx, new PeerName(PeerRole.MACHINE, machine.uuid()));
    }

    private static boolean is(Transaction tx, PeerName peer) {
        return CertificateTable.standing(tx, peer)
                .filter(standing -> standing.revokedAt() != null)
                .isPresent();
    }
}
