package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.JobTable;
import dev.breakwater.configurationserver.store.MachineRow;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.PolicyTable;
import dev.breakwater.configurationserver.store.ProcessServerRow;
import dev.breakwater.configurationserver.store.ProcessServerTable;
import dev.breakwater.configurationserver.store.Topics;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.model.PointId;
import dev.breakwater.platform.Threads;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A database of an earlier version")
class OldDatabaseTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("of schema V1 is migrated with all it holds, once, and can be worked with")
    void schemaV1() throws Exception {
        Path file = stored("configuration-v1.db");
        for (int opened = 0; opened < 2; opened++) {
            try (Database database = open(file)) {
                holdsWhatV1Wrote(database);
            }
        }
        ThrottleSetting setting = new ThrottleSetting("Mo-Fr 08:00-18:00 20MB/s", "Europe/Berlin");
        try (Database database = open(file)) {
            ProcessServerRow server = database.read(ProcessServerTable::all).getFirst();
            assertThat(server.throttle()).as("what V1 did not know").isNull();
            database.write(tx -> {
                ProcessServerTable.throttle(tx, server.id(), setting);
                return true;
            });
        }
        try (Database database = open(file)) {
            assertThat(database.read(ProcessServerTable::all).getFirst().throttle())
                    .isEqualTo(setting);
        }
    }

    @Test
    @DisplayName("of schema V5 keeps its events: their kinds and English texts, without values, and new ones have them")
    void schemaV5() throws Exception {
        Path file = stored("configuration-v5.db");
        for (int opened = 0; opened < 2; opened++) {
            try (Database database = open(file)) {
                holdsWhatV1Wrote(database);
                List<Event> events = database.read(tx -> EventTable.after(tx, null, 0, 100));
                assertThat(events).hasSize(8).allSatisfy(event -> {
                    assertThat(event.values()).isEmpty();
                    assertThat(event.problems()).isEmpty();
                });
                assertThat(events.get(6).kind()).isEqualTo("health-changed");
                assertThat(events.get(6).text()).contains("needs attention: The newest recovery point is 70 min old");
            }
        }
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet count = raw.createStatement()
                        .executeQuery("SELECT COUNT(*) FROM event WHERE json_type(document, '$.values') IS NULL")) {
            assertThat(count.getInt(1)).as("left as they were stored").isZero();
        }
        try (Database database = open(file)) {
            database.write(tx -> {
                EventTable.add(
                        tx,
                        Health.NORMAL,
                        EventKind.MACHINE_REGISTERED,
                        null,
                        null,
                        "The machine web-2 has registered.",
                        "web-2");
                return true;
            });
            List<Event> added = database.read(tx -> EventTable.after(tx, null, 8, 100));
            assertThat(added)
                    .singleElement()
                    .satisfies(event -> assertThat(event.values()).isEqualTo(Map.of("name", "web-2")));
        }
    }

    @Test
    @DisplayName("later than this program knows is refused in words, and stays as it is")
    void newer() throws Exception {
        Path file = stored("configuration-v1.db");
        open(file).close();
        try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = newer.createStatement()) {
            statement.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success)"
                    + " VALUES (1000, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, 1)");
        }
        assertThatThrownBy(() -> open(file)).hasMessageContaining("newer Breakwater");
        try (Connection same = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = same.createStatement()) {
            assertThat(statement
                            .executeQuery("SELECT count(*) FROM flyway_schema_history WHERE version = '999'")
                            .getInt(1))
                    .isEqualTo(1);
        }
    }

    private static void holdsWhatV1Wrote(Database database) {
        List<MachineRow> machines = database.read(MachineTable::all);
        assertThat(machines).extracting(MachineRow::name).containsExactly("idle-1", "web-1");
        MachineRow web = machines.getLast();
        assertThat(web.state()).isEqualTo(ProtectionState.PROTECTED);
        assertThat(web.policy()).isEqualTo("nightly");
        assertThat(web.newestPoint().id()).isEqualTo(new PointId(new UUID(0xbeef, 1)));
        assertThat(web.inventory().hostName()).isEqualTo("web-1.example");
        List<DiskOrder> disks = database.read(tx -> DiskTable.active(tx, web.id()));
        assertThat(disks).extracting(DiskOrder::device).containsExactly("/dev/sda", "/dev/sdb");
        assertThat(database.read(tx -> PolicyTable.byName(tx, "nightly").orElseThrow())
                        .retention())
                .isEqualTo(Duration.ofDays(3));
        List<ProcessServerRow> servers = database.read(ProcessServerTable::all);
        assertThat(servers).singleElement().satisfies(server -> {
            assertThat(server.name()).isEqualTo("ps-1");
            assertThat(server.id()).isEqualTo(web.processServer());
            assertThat(server.port()).isEqualTo(9443);
        });
        List<JobView> jobs = database.read(tx -> JobTable.newest(tx, web.id(), 10));
        assertThat(jobs).singleElement().satisfies(job -> {
            assertThat(job.kind()).isEqualTo(JobView.Kind.PROTECT);
            assertThat(job.state()).isEqualTo(JobView.State.SUCCEEDED);
        });
        List<Event> events = database.read(tx -> EventTable.after(tx, null, 0, 100));
        assertThat(events).extracting(Event::kind).contains("job-created", "job-succeeded");
    }

    private static Database open(Path file) {
        return Database.open(file, InstantSource.system(), new Topics(Threads.system()));
    }

    private Path stored(String name) throws Exception {
        Path copy = folder.resolve(name);
        try (InputStream stream = OldDatabaseTest.class.getResourceAsStream("/golden/" + name)) {
            Files.copy(stream, copy);
        }
        return copy;
    }
}
