package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.store.CertificateTable;
import dev.breakwater.configurationserver.store.Transaction;
import dev.breakwater.control.admin.Problem;
import dev.breakwater.control.admin.ProblemCause;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;

/// Whose certificate was taken back: gets no keys and no data.
final class Revoked {

    static final Problem PROBLEM = ProblemCause.REVOKED.problem(
            "It was revoked: its certificate is refused until it is admitted and registers again.");

    private Revoked() {}

    static boolean is(Transaction tx, ProcessServerId server) {
        return CertificateTable.standing(tx, new PeerName(PeerRole.PROCESS_SERVER, server.uuid()))
                .filter(standing -> standing.revokedAt() != null)
                .isPresent();
    }
}
