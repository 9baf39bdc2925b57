package dev.breakwater.configurationserver;

import dev.breakwater.configurationserver.access.AuditLog;
import dev.breakwater.configurationserver.authority.AuthorityFiles;
import dev.breakwater.configurationserver.authority.Users;
import dev.breakwater.configurationserver.port.AuditWitness;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.control.admin.AuditVerification;
import dev.breakwater.control.admin.AuditVerification.Witness;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the server does for itself while it runs: renews its own certificate and the local administrator's before
/// they end, and lets the vault remember how far the audit log goes.
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    /// Often enough that what an attacker can cut off the audit log unnoticed is a minute's; renewal is due for
    /// days.
    private static final Duration USUAL_PAUSE = Duration.ofMinutes(1);

    /// Looks in the third of a certificate's life in which it is renewed.
    private static final int LOOKS = 10;

    private final Settings settings;
    private final AuthorityFiles files;
    private final CertificateAuthority authority;
    private final LiveIdentity identity;
    private final Users users;
    private final AuditLog audit;
    private final AuditWitness witness;
    private final Database database;
    private final InstantSource clock;
    private final Thread thread;
    private long witnessed;
    private boolean complained;

    Upkeep(
            Settings settings,
            AuthorityFiles files,
            CertificateAuthority authority,
            LiveIdentity identity,
            Users users,
            AuditLog audit,
            AuditWitness witness,
            Database database,
            InstantSource clock) {
        this.settings = settings;
        this.files = files;
        this.authority = authority;
        this.identity = identity;
        this.users = users;
        this.audit = audit;
        this.witness = witness;
        this.database = database;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("upkeep").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Stops, after a last word to the witness.
    void stop() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration renewal = authority.life().dividedBy(3L * LOOKS);
        Duration pause = renewal.compareTo(USUAL_PAUSE) < 0 ? renewal : USUAL_PAUSE;
        try {
            while (true) {
                renew();
                remember();
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            remember();
        }
    }

    private void renew() {
        try {
            if (identity.now().renewalDue(clock.instant())) {
                TlsIdentity fresh = files.serverIdentity(authority, settings.hosts(), clock.instant());
                identity.replace(fresh);
                LOG.info(
                        "The server's certificate was renewed; it ends {}.",
                        fresh.certificate().getNotAfter());
            }
            files.renewAdministrator(authority, users, clock.instant());
        } catch (ClosedByInterruptException e) {
            LOG.debug("The server stops; what was not renewed is at the next start.", e);
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error(
                    "A certificate of this server could not be renewed. It stays good for a while and it is tried again;"
                            + " after its end nobody can connect: {}",
                    e.getMessage());
        }
    }

    /// Goes through what came after the last time only; the whole log is gone through when somebody asks.
    private void remember() {
        Optional<Witness> now = audit.witness();
        if (now.isEmpty() || (now.get().number() == witnessed && !complained)) {
            return;
        }
        try {
            String log = TlsIdentity.fingerprint(authority.certificate());
            Optional<Witness> kept = witness.kept(log);
            if (kept.isPresent() && !audit.contains(kept.get())) {
                complain(kept.get());
                return;
            }
            witness.keep(log, now.get());
            witnessed = now.get().number();
        } catch (IOException e) {
            LOG.warn("The vault could not be told how far the audit log goes; it is tried again: {}", e.getMessage());
        }
    }

    private void complain(Witness kept) {
        if (complained) {
            return;
        }
        complained = true;
        String text = "The audit log is not the one that the vault remembers (record " + kept.number() + " of "
                + kept.time() + "): it was changed or cut off. Verify it with `breakwater audit verify`.";
        LOG.error(text);
        database.write(tx -> {
            EventTable.add(
                    tx, Health.CRITICAL, EventKind.AUDIT_LOG_CHANGED, null, null, text, kept.number(), kept.time());
            return true;
        });
    }

    /// Goes through the whole audit log.
    AuditVerification verify() throws IOException {
        return audit.verify(
                witness.kept(TlsIdentity.fingerprint(authority.certificate())).orElse(null));
    }
}
