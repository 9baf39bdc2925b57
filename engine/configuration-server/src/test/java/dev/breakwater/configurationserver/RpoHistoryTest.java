package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.configurationserver.replication.RpoHistories;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.RpoTable;
import dev.breakwater.configurationserver.store.Topics;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.admin.RpoHistory;
import dev.breakwater.control.admin.RpoHistory.Stretch;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.platform.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The RPO over a day")
class RpoHistoryTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final MachineId machine = new MachineId(new UUID(1, 1));
    private Instant now = BEGIN;
    private Database database;
    private RpoHistories histories;

    @BeforeEach
    void open() {
        start();
        database.write(tx -> {
            MachineTable.register(tx, machine, "web-1", "certificate", null);
            return true;
        });
    }

    private void start() {
        database = Database.open(folder.resolve("configuration.db"), () -> now, new Topics(Threads.system()));
        histories = new RpoHistories(database, now);
        histories.alive();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void mark(Duration age) {
        database.write(tx -> {
            RpoTable.add(tx, machine, age);
            return true;
        });
    }

    private void pass(Duration time) {
        now = now.plus(time);
        histories.alive();
    }

    private static Stretch stretch(long fromMinute, long untilMinute, long rpoSeconds) {
        return new Stretch(
                BEGIN.plus(Duration.ofMinutes(fromMinute)), BEGIN.plus(Duration.ofMinutes(untilMinute)), rpoSeconds);
    }

    @Test
    @DisplayName(
            "falls with each point, grows until the next, and is unknown before the first and after protection ended")
    void points() {
        pass(Duration.ofMinutes(10));
        mark(Duration.ofSeconds(20));
        pass(Duration.ofMinutes(5));
        mark(Duration.ofSeconds(3));
        pass(Duration.ofMinutes(15));
        mark(null);
        pass(Duration.ofMinutes(10));
        RpoHistory history = histories.of("web-1");
        assertThat(history.until()).isEqualTo(now);
        assertThat(history.from()).isEqualTo(now.minus(Duration.ofHours(24)));
        assertThat(history.stretches()).containsExactly(stretch(10, 15, 20), stretch(15, 30, 3));
    }

    @Test
    @DisplayName("has a gap while the engine did not run, and goes on with the age that the point has by then")
    void stopped() {
        mark(Duration.ZERO);
        pass(Duration.ofMinutes(5));
        database.close();
        now = now.plus(Duration.ofMinutes(55));
        start();
        pass(Duration.ofMinutes(10));
        assertThat(histories.of("web-1").stretches()).containsExactly(stretch(0, 5, 0), stretch(60, 70, 3600));
    }

    @Test
    @DisplayName("begins 24 hours ago with the age that the newest point had then")
    void window() {
        mark(Duration.ZERO);
        pass(Duration.ofHours(30));
        assertThat(histories.of("web-1").stretches())
                .containsExactly(stretch(6 * 60, 30 * 60, Duration.ofHours(6).toSeconds()));
    }

    @Test
    @DisplayName(
            "stays bounded: points of a week, one each five seconds, leave what a day needs, and never look younger")
    void bounded() {
        for (int i = 0; i < 7 * 24 * 12; i++) {
            mark(Duration.ofSeconds(1));
            now = now.plusSeconds(5);
            mark(Duration.ofSeconds(1));
            now = now.plusSeconds(295);
            histories.alive();
        }
        int kept =
                database.read(tx -> RpoTable.since(tx, machine, Instant.EPOCH)).size();
        assertThat(kept).isLessThanOrEqualTo(25 * 12 + 2);
        assertThat(histories.of("web-1").stretches())
                .hasSizeBetween(24 * 12, 24 * 12 + 1)
                .allSatisfy(stretch -> assertThat(stretch.rpoSeconds()).isGreaterThanOrEqualTo(1));
    }

    @Test
    @DisplayName("is put together from what process servers report, survives a restart, and ends with the machine")
    void reported() throws Exception {
        try (Site site = new Site(folder.resolve("site"))) {
            Registered server = site.processServer("ps-1");
            MachineId web = new MachineId(site.machine("web-1").id());
            try (AdminClient admin = site.admin();
                    ProcessServerClient gateway = site.serverClient(server)) {
                admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), null, null));
                assertThat(admin.rpoHistory("web-1").stretches())
                        .as("no point yet")
                        .isEmpty();
                gateway.durable(DurableReport.of(List.of(site.durable(
                        web, new PointId(UUID.randomUUID()), 1, Instant.now().minusSeconds(90)))));
                assertThat(admin.rpoHistory("web-1").stretches())
                        .singleElement()
                        .satisfies(stretch -> assertThat(stretch.rpoSeconds()).isBetween(89L, 150L));
            }
            site.restart();
            try (AdminClient admin = site.admin()) {
                assertThat(admin.rpoHistory("web-1").stretches())
                        .isNotEmpty()
                        .allSatisfy(stretch -> assertThat(stretch.rpoSeconds()).isGreaterThanOrEqualTo(89L));
            }
        }
    }
}
