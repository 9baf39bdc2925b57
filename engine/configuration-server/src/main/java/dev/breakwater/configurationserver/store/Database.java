package dev.breakwater.configurationserver.store;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The SQLite file. One connection serves all threads in turn: transactions are short, and there is one writer anyway.
public final class Database implements AutoCloseable {

    /// Another process looks into the file (a backup): wait for it this long.
    private static final int BUSY_MILLIS = 10_000;

    private static final String MIGRATIONS = "classpath:dev/breakwater/configurationserver/store/migrations";

    private final Handle handle;
    private final InstantSource clock;
    private final Topics topics;
    private final ReentrantLock turn = new ReentrantLock(true);

    private Database(Handle handle, InstantSource clock, Topics topics) {
        this.handle = handle;
        this.clock = clock;
        this.topics = topics;
    }

    /// Opens or creates the database and brings it to the present version.
    public static Database open(Path file, InstantSource clock, Topics topics) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations(MIGRATIONS)
                .load()
                .migrate();
        return new Database(Jdbi.create(source).open(), clock, topics);
    }

    /// Does the work in a transaction, commits it to the disk and then wakes who waits for it.
    public <T> T write(Function<Transaction, T> work) {
        Transaction transaction;
        T result;
        turn.lock();
        try {
            transaction = new Transaction(handle, clock.instant());
            result = handle.inTransaction(open -> work.apply(transaction));
        } finally {
            turn.unlock();
        }
        transaction.moved().forEach(topics::moved);
        return result;
    }

    /// Reads a consistent state.
    public <T> T read(Function<Transaction, T> work) {
        turn.lock();
        try {
            return work.apply(new Transaction(handle, clock.instant()));
        } finally {
            turn.unlock();
        }
    }

    /// Who waits for changes.
    public Topics topics() {
        return topics;
    }

    @Override
    public void close() {
        turn.lock();
        try {
            handle.close();
        } finally {
            turn.unlock();
        }
    }
}
