package dev.breakwater.control.registration;

import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the certificate of a program that runs good: fetches a fresh one when a third of its life is left, and
/// takes over what registering again has put into the folder. One thread calls it, as often as it likes.
public final class CertificateRenewer {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewer.class);

    /// A look costs a file read; a failed renewal a request.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /// Looks in the third of a certificate's life in which it is renewed.
    private static final int LOOKS = 10;

    /// Asks the server for a fresh certificate.
    @FunctionalInterface
    public interface Source {
        /// A fresh identity, not saved yet.
        TlsIdentity fetch() throws IOException, InterruptedException;
    }

    private final LiveIdentity identity;
    private final Path folder;
    private final Source source;
    private final InstantSource clock;
    private Instant next = Instant.MIN;

    /// @param folder where the identity is kept
    public CertificateRenewer(LiveIdentity identity, Path folder, Source source, InstantSource clock) {
        this.identity = identity;
        this.folder = folder;
        this.source = source;
        this.clock = clock;
    }

    /// Renews if it is time.
    public void look() throws InterruptedException {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        Duration pause = life(identity.now()).dividedBy(3L * LOOKS);
        next = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        try {
            takeOver();
            if (identity.now().renewalDue(now) && !ended(now)) {
                TlsIdentity fresh = source.fetch();
                fresh.save(folder);
                identity.replace(fresh);
                LOG.info(
                        "The certificate was renewed; it ends {}.",
                        fresh.certificate().getNotAfter());
            }
        } catch (IOException e) {
            LOG.warn(
                    "The certificate, which ends {}, could not be renewed; it is tried again in {}: {}",
                    identity.now().certificate().getNotAfter(),
                    pause,
                    e.getMessage());
        }
    }

    /// Whether the certificate has ended, so that only registering again helps.
    public boolean ended(Instant now) {
        return now.isAfter(identity.now().certificate().getNotAfter().toInstant());
    }

    private void takeOver() throws IOException {
        if (!TlsIdentity.existsIn(folder)) {
            return;
        }
        TlsIdentity kept = TlsIdentity.load(folder);
        if (kept.certificate().equals(identity.now().certificate())) {
            return;
        }
        if (!kept.trustedCa().equals(identity.now().trustedCa())) {
            throw new IOException(
                    "This program was registered with another installation. It goes on with the one before;"
                            + " start it again.");
        }
        identity.replace(kept);
        LOG.info("The program has registered again; its new certificate is used.");
    }

    private static Duration life(TlsIdentity of) {
        return Duration.between(
                of.certificate().getNotBefore().toInstant(),
                of.certificate().getNotAfter().toInstant());
    }
}
