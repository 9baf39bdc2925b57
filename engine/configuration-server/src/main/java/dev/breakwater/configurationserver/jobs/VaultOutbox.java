package dev.breakwater.configurationserver.jobs;

import dev.breakwater.configurationserver.port.VaultCatalog;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.OutboxTable;
import dev.breakwater.configurationserver.store.OutboxTable.Document;
import dev.breakwater.platform.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes documents into the vault, in order, again and again until it holds them.
public final class VaultOutbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VaultOutbox.class);

    /// While the vault is away: often enough to be done soon after it is back.
    private static final Duration RETRY = Duration.ofSeconds(10);

    private static final Duration IDLE = Duration.ofMinutes(5);

    private final Database database;
    private final VaultCatalog catalog;
    private final Thread worker;

    /// Starts writing.
    public VaultOutbox(Database database, VaultCatalog catalog, Threads threads) {
        this.database = database;
        this.catalog = catalog;
        this.worker = threads.light("vault-outbox", this::run);
    }

    private void run() {
        try {
            while (!database.topics().closed()) {
                Optional<Document> next = database.topics()
                        .await(OutboxTable.TOPIC, IDLE, () -> database.read(OutboxTable::first), Optional::isPresent);
                if (next.isPresent() && !database.topics().closed() && !write(next.get())) {
                    database.topics().await("never", RETRY, () -> false, done -> done);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean write(Document document) {
        try {
            catalog.write(document.kind(), document.id(), document.document().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The vault does not yet describe the {} {}; writing it is tried again in {} s.",
                    document.kind(),
                    document.id(),
                    RETRY.toSeconds(),
                    e);
            return false;
        }
        database.write(tx -> {
            OutboxTable.written(tx, document);
            return true;
        });
        return true;
    }

    @Override
    public void close() {
        worker.interrupt();
        try {
            worker.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
