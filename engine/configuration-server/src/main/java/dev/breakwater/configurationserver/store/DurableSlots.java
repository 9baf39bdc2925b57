package dev.breakwater.configurationserver.store;

import dev.breakwater.model.MachineId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The newest slot of each machine that a configuration server was told of, read from its data folder: beside
/// the server or without it, and without changing anything.
public final class DurableSlots {

    private DurableSlots() {}

    /// The database within a data folder.
    public static Path databaseIn(Path dataFolder) {
        return dataFolder.resolve("configuration.db");
    }

    /// Reads.
    ///
    /// @param database the configuration server's database
    /// @throws IOException if it cannot be read
    public static Map<MachineId, Long> read(Path database) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database.toAbsolutePath());
        try {
            return Jdbi.create(source)
                    .withHandle(handle -> handle
                            .createQuery("SELECT machine, MAX(slot) AS slot FROM durable_slot GROUP BY machine")
                            .map((row, context) -> Map.entry(MachineId.of(row.getString(1)), row.getLong(2)))
                            .list()
                            .stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        } catch (JdbiException e) {
            throw new IOException("The configuration server's database " + database + " cannot be read.", e);
        }
    }
}
