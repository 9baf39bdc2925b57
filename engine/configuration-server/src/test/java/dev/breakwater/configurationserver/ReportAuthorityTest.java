package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.DurableReport.VaultLoss;
import dev.breakwater.control.processserver.ProcessServerClient;
import dev.breakwater.control.registration.RegistrationClient.Registered;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attacks by a process server that tells of machines which are not its own.
@DisplayName("A process server is believed")
class ReportAuthorityTest {

    @TempDir
    private Path folder;

    private Site site;
    private MachineId machine;
    private Registered first;
    private Registered second;

    @BeforeEach
    void start() throws Exception {
        site = new Site(folder);
        first = site.processServer("ps-1");
        second = site.processServer("ps-2");
        machine = new MachineId(site.machine("web-1").id());
        try (AdminClient admin = site.admin()) {
            admin.protect("web-1", new ProtectRequest(List.of("/dev/sda"), null, "ps-1"));
        }
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private PointId report(Registered from, long slot) throws Exception {
        PointId point = new PointId(UUID.randomUUID());
        try (ProcessServerClient client = site.serverClient(from)) {
            client.durable(DurableReport.of(List.of(site.durable(machine, point, slot))));
        }
        return point;
    }

    private MachineView seen() throws IOException, InterruptedException {
        try (AdminClient admin = site.admin()) {
            return admin.machine("web-1");
        }
    }

    private List<Event> doubts() throws IOException, InterruptedException {
        try (AdminClient admin = site.admin()) {
            return admin.events(0).stream()
                    .filter(event -> event.kind().equals("report-not-believed"))
                    .toList();
        }
    }

    @Test
    @DisplayName("about no machine that it never served: nothing changes, and the administrator hears of it once")
    void stranger() throws Exception {
        PointId real = report(first, 3);
        report(second, 9);
        report(second, 10);
        try (ProcessServerClient liar = site.serverClient(second)) {
            liar.durable(new DurableReport(List.of(), List.of(new VaultLoss(machine, 0, 3, "a lie"))));
        }
        assertThat(seen().newestPoint()).isEqualTo(real);
        assertThat(doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.machine()).isEqualTo(machine);
            assertThat(doubt.text()).contains("ps-2", "web-1");
        });
        try (AdminClient admin = site.admin()) {
            assertThat(admin.events(0)).extracting(Event::kind).doesNotContain("vault-lost-points");
        }
        try (ProcessServerClient gateway = site.serverClient(first)) {
            assertThat(gateway.assignments(0).machines().getFirst().newestSlot())
                    .as("the slot that the machine's own server told")
                    .isEqualTo(3);
        }
    }

    @Test
    @DisplayName(
            "about a machine that was moved away, until its successor has written; late reports of earlier slots count")
    void moved() throws Exception {
        report(first, 3);
        try (AdminClient admin = site.admin()) {
            admin.move("web-1", "ps-2");
        }
        PointId late = report(first, 4);
        assertThat(seen().newestPoint())
                .as("stored before it heard of the move")
                .isEqualTo(late);
        PointId successors = report(second, 7);
        report(first, 6);
        assertThat(doubts()).as("a slot before the successor's first").isEmpty();
        report(first, 8);
        assertThat(seen().newestPoint()).isEqualTo(successors);
        assertThat(doubts()).hasSize(1);
    }

    @Test
    @DisplayName("about points that the vault has lost: until the next one there is no newest point, and no RPO")
    void loss() throws Exception {
        report(first, 3);
        try (ProcessServerClient gateway = site.serverClient(first)) {
            gateway.durable(new DurableReport(List.of(), List.of(new VaultLoss(machine, 2, 3, "It was rolled back."))));
        }
        assertThat(seen().newestPoint()).isNull();
        assertThat(seen().rpoSeconds()).isNull();
        PointId next = report(first, 3);
        assertThat(seen().newestPoint()).isEqualTo(next);
    }

    @Test
    @DisplayName("about a machine that came back to it, and its successor of a while no longer")
    void movedBack() throws Exception {
        report(first, 3);
        try (AdminClient admin = site.admin()) {
            admin.move("web-1", "ps-2");
            report(second, 5);
            admin.move("web-1", "ps-1");
            PointId back = report(first, 8);
            assertThat(seen().newestPoint()).isEqualTo(back);
            report(second, 9);
            assertThat(seen().newestPoint()).isEqualTo(back);
            assertThat(doubts()).hasSize(1);
            admin.move("web-1", "ps-2");
            PointId again = report(first, 11);
            assertThat(seen().newestPoint())
                    .as("the second handing over is not ended by the first")
                    .isEqualTo(again);
        }
    }

    @Test
    @DisplayName("about what it stored before the protection was ended, also after a restart")
    void protectionEnded() throws Exception {
        report(first, 3);
        try (AdminClient admin = site.admin()) {
            admin.unprotect("web-1");
            PointId last = report(first, 4);
            assertThat(seen().newestPoint()).isEqualTo(last);
        }
        assertThat(doubts()).isEmpty();
        site.restart();
        PointId late = report(first, 5);
        assertThat(seen().newestPoint()).as("remembered across a restart").isEqualTo(late);
    }
}
