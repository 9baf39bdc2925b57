package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.AdminPaths;
import dev.breakwater.control.admin.AuditRecord;
import dev.breakwater.control.admin.AuditRecord.Outcome;
import dev.breakwater.control.admin.AuditVerification;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site(folder);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    @DisplayName("Every order is recorded: who, what, from where, how it ended, and nothing secret")
    void records() throws Exception {
        site.machine("web-1");
        try (AdminClient client = site.admin()) {
            String passphrase = client.rotatePassphrase();
            TlsIdentity vera = client.issueUser("vera", PeerRole.VIEWER, site.authority());
            String refusedRequest;
            try (Caller viewer = new Caller(site, vera)) {
                viewer.ask("GET", AdminPaths.MACHINES, null);
                Caller.Answer refused =
                        viewer.ask("POST", AdminPaths.MACHINES + "/web-1" + AdminPaths.RESYNCHRONISATION, null);
                assertThat(refused.status()).isEqualTo(403);
                refusedRequest = refused.request();
            }
            assertThatThrownBy(() -> client.resynchronise("web-1")).hasMessageContaining("not protected");

            List<AuditRecord> records = client.audit(0);
            assertThat(records.stream().map(record -> record.outcome() + " " + record.what()))
                    .containsSubsequence(
                            "ASKED POST /api/v1/registration",
                            "DONE POST /api/v1/registration",
                            "ASKED POST /api/v1/admin/passphrase/rotation",
                            "DONE POST /api/v1/admin/passphrase/rotation",
                            "ASKED POST /api/v1/admin/users",
                            "DONE POST /api/v1/admin/users",
                            "REFUSED POST /api/v1/admin/machines/web-1/resynchronisation",
                            "ASKED POST /api/v1/admin/machines/web-1/resynchronisation",
                            "REFUSED POST /api/v1/admin/machines/web-1/resynchronisation")
                    .doesNotContain("ASKED GET /api/v1/admin/machines");
            AuditRecord refused = records.stream()
                    .filter(record -> record.request().toString().equals(refusedRequest))
                    .findFirst()
                    .orElseThrow();
            assertThat(refused.role()).isEqualTo("viewer");
            assertThat(refused.who()).contains(vera.name().orElseThrow().id().toString());
            assertThat(refused.from()).isIn("127.0.0.1", "[0:0:0:0:0:0:0:1]", "0:0:0:0:0:0:0:1");
            assertThat(records).anySatisfy(record -> assertThat(record.detail()).isEqualTo("viewer vera"));
            assertThat(records)
                    .filteredOn(record -> record.outcome() == Outcome.ASKED)
                    .allSatisfy(asked -> assertThat(records)
                            .filteredOn(other -> other.request().equals(asked.request()))
                            .hasSize(2));
            assertThat(records.toString())
                    .doesNotContain(passphrase)
                    .doesNotContain("BEGIN CERT")
                    .doesNotContain("proof");
            assertThat(client.verifyAudit().findings()).isEmpty();
        }
    }

    @Test
    @DisplayName("Refusals of one address are recorded at a bounded rate, so that nobody fills the log")
    void bounded() throws Exception {
        try (AdminClient client = site.admin();
                Caller nobody = new Caller(
                        site, TlsIdentity.anonymousContext(site.authority(), PeerRole.CONFIGURATION_SERVER))) {
            for (int i = 0; i < 200; i++) {
                assertThat(nobody.ask("POST", AdminPaths.POLICIES, "{}").status())
                        .isEqualTo(401);
            }
            assertThat(client.audit(0)).hasSizeBetween(50, 80);
        }
    }

    @Test
    @DisplayName("The database itself refuses to change or delete a record")
    void appendOnly() throws Exception {
        orders(3);
        site.server.close();
        try (Connection raw = raw();
                Statement statement = raw.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("UPDATE audit SET document = '{}' WHERE number = 1"))
                    .hasMessageContaining("only added to");
            assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM audit"))
                    .hasMessageContaining("only added to");
        }
        site.start();
    }

    @Test
    @DisplayName("Whoever writes into the database file: a changed, removed, exchanged or added record is named")
    void tampering() throws Exception {
        orders(8);
        assertThat(tampered("UPDATE audit SET document = replace(document, 'DONE', 'REFUSED') WHERE number = 4"))
                .singleElement()
                .asString()
                .contains("Record 4 was changed");
        undo("UPDATE audit SET document = replace(document, 'REFUSED', 'DONE') WHERE number = 4");

        assertThat(tampered("CREATE TABLE kept AS SELECT * FROM audit WHERE number IN (6, 7);"
                        + "DELETE FROM audit WHERE number IN (6, 7)"))
                .singleElement()
                .asString()
                .contains("Records 6 to 7 were removed");
        undo("INSERT INTO audit SELECT * FROM kept; DROP TABLE kept");

        assertThat(tampered(
                        "UPDATE audit SET number = -1 WHERE number = 9; UPDATE audit SET number = 9 WHERE number = 10;"
                                + "UPDATE audit SET number = 10 WHERE number = -1"))
                .anySatisfy(finding -> assertThat(finding).contains("In the place of record 9 lies record 10"));
        undo("UPDATE audit SET number = -1 WHERE number = 9; UPDATE audit SET number = 9 WHERE number = 10;"
                + "UPDATE audit SET number = 10 WHERE number = -1");
        assertThat(tampered("")).isEmpty();

        assertThat(tampered("INSERT INTO audit SELECT (SELECT MAX(number) + 1 FROM audit), document, hash FROM audit"
                        + " WHERE number = 3"))
                .anySatisfy(finding -> assertThat(finding).contains("lies record 3"));
    }

    @Test
    @DisplayName("A cut-off end is named as far as the vault remembers, and the server says so by itself")
    void cutOff() throws Exception {
        orders(8);
        site.restart();
        assertThat(site.witnesses).hasSize(1);
        long remembered = site.witnesses.values().iterator().next().number();
        assertThat(tampered("DELETE FROM audit WHERE number > 5"))
                .anySatisfy(finding ->
                        assertThat(finding).contains("the witness").contains("remembers record " + remembered));
        try (AdminClient client = site.admin()) {
            assertThat(client.events(0)).anySatisfy(event -> {
                assertThat(event.kind()).isEqualTo("audit-log-changed");
                assertThat(event.values()).containsOnlyKeys("record", "time");
            });
        }
        assertThat(site.witnesses.values().iterator().next().number())
                .as("the witness keeps what it knows")
                .isEqualTo(remembered);
    }

    private void orders(int count) throws Exception {
        try (AdminClient client = site.admin()) {
            for (int i = 0; i < count; i++) {
                client.rotatePassphrase();
            }
        }
    }

    /// Changes the file while the server is down, and has the log verified.
    private List<String> tampered(String sql) throws Exception {
        site.server.close();
        undoWhileDown(sql);
        site.start();
        try (AdminClient client = site.admin()) {
            AuditVerification result = client.verifyAudit();
            return result.findings();
        }
    }

    private void undo(String sql) throws Exception {
        site.server.close();
        undoWhileDown(sql);
        site.start();
    }

    private void undoWhileDown(String sql) throws SQLException {
        try (Connection raw = raw();
                Statement statement = raw.createStatement()) {
            statement.executeUpdate("DROP TRIGGER IF EXISTS audit_is_never_changed");
            statement.executeUpdate("DROP TRIGGER IF EXISTS audit_is_never_deleted");
            for (String one : sql.split(";", -1)) {
                if (!one.isBlank()) {
                    statement.executeUpdate(one);
                }
            }
        }
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("configuration.db"));
    }
}
