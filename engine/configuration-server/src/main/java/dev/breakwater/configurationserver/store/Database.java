package dev.breakwater.configurationserver.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The SQLite file. One connection serves all threads in turn: transactions are short, and there is one writer anyway.
public final class Database implements AutoCloseable {

    /// Another process looks into the file (a backup): wait for it this long.
    private static final int BUSY_MILLIS = 10_000;

    /// A transaction takes milliseconds; who asks whether all is well wants to know soon.
    private static final long ANSWER_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /// Statements are the same in every database of a program, and are parsed once. Nothing in them is a template.
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private static final String MIGRATIONS = "classpath:dev/breakwater/configurationserver/store/migrations";

    private final Handle handle;
    private final InstantSource clock;
    private final Topics topics;
    private boolean closed;
    private final ReentrantLock turn = new ReentrantLock(true);

    private Database(Handle handle, InstantSource clock, Topics topics) {
        this.handle = handle;
        this.clock = clock;
        this.topics = topics;
    }

    /// Opens or creates the database and brings it to the present version.
    ///
    /// @throws UncheckedIOException if a newer program brought it to a later version, or its schema was changed
    public static Database open(Path file, InstantSource clock, Topics topics) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        migrate(file, source);
        Jdbi jdbi = Jdbi.create(source);
        jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER).setTemplateEngine(TemplateEngine.NOP);
        return new Database(jdbi.open(), clock, topics);
    }

    private static void migrate(Path file, DataSource source) {
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source)
                    .locations(MIGRATIONS)
                    // Flyway would let migrations pass that only a newer program knows.
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new UncheckedIOException(new IOException(
                    "The database " + file
                            + " was written by a newer Breakwater, or its schema was changed, so it was not"
                            + " opened; nothing was changed. Use the newer Breakwater, or restore the database that was"
                            + " saved before the update.",
                    e));
        }
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
        transaction.happened().forEach(EventTable::log);
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

    /// Whether it can be read now, within a short while.
    public boolean answers() {
        try {
            if (!turn.tryLock(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return !closed
                    && handle.createQuery("SELECT 1").mapTo(Integer.class).one() == 1;
        } catch (JdbiException e) {
            LOG.warn("The database cannot be read: {}", e.getMessage());
            return false;
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
            closed = true;
            handle.close();
        } finally {
            turn.unlock();
        }
    }
}
