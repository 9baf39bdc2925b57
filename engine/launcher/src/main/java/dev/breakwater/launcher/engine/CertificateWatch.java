package dev.breakwater.launcher.engine;

import dev.breakwater.control.registration.CertificateRenewer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the process server's certificate renewed in time, for as long as the engine runs.
final class CertificateWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    /// The renewer itself knows when it is time; asking it costs nothing.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Thread thread;

    CertificateWatch(CertificateRenewer renewer) {
        thread = Thread.ofVirtual().name("certificate-watch").start(() -> {
            try {
                while (true) {
                    renewer.look();
                    Thread.sleep(PAUSE);
                }
            } catch (InterruptedException e) {
                LOG.debug("The watch over the certificate ends.");
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
