package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that happens to a protected machine, ordered by an administrator who asks again when an order is not
/// answered, because programs die.
final class MachineLife {

    private static final Logger LOG = LoggerFactory.getLogger(MachineLife.class);

    /// Parts of it, in their order.
    static final List<String> PHASES = List.of(
            "registration",
            "protection and initial replication",
            "delta and point",
            "retention, compaction, deletion",
            "move",
            "test failover",
            "clean-up",
            "end of protection",
            "end of registration");

    static final String CONFIGURATION_SERVER = "engine";
    private static final String MOBILITY_SERVICE = "agent-m1";
    private static final List<String> PROCESS_SERVERS = List.of("gateway1", "gateway2");

    /// All who take part.
    static final List<String> PROGRAMS = List.of(
            CONFIGURATION_SERVER, "gateway1", "gateway2", "registration", MOBILITY_SERVICE, "end-of-registration");

    /// Without a death something happens within this time.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// No look takes longer that is answered.
    private static final Duration LOOK = Duration.ofSeconds(10);

    /// Past the retention, and past the grace of what was recorded as deleted and of what nobody named.
    private static final Duration PAST_RETENTION = Duration.ofHours(5);

    private static final Duration PAST_GRACE = Duration.ofHours(26);

    /// Some seconds, so that the days of all looks in vain are fewer than those that certificates live.
    private static final int LOOKS_OF_A_DAY = 20;

    private final Deployment deployment;
    private final Programs programs;
    private final LoopDisk disk;
    private final Random random = new Random(1);
    private Duration shift = Duration.ZERO;
    private int copies;

    MachineLife(Deployment deployment, Programs programs, LoopDisk disk) {
        this.deployment = deployment;
        this.programs = programs;
        this.disk = disk;
    }

    void pass() throws IOException {
        phase("registration");
        register();
        phase("protection and initial replication");
        protect();
        phase("delta and point");
        replicate();
        phase("retention, compaction, deletion");
        growOld();
        phase("move");
        move();
        change();
        assertExactPoint();
        phase("test failover");
        test();
        phase("clean-up");
        cleanUp();
        phase("end of protection");
        List<Path> traces = deployment.traces("m1");
        endProtection();
        phase("end of registration");
        programs.end(MOBILITY_SERVICE);
        until("the registration has ended", () -> deployment.unregister("m1"));
        assertNothingIsLeft(traces);
    }

    private void phase(String name) throws IOException {
        LOG.info("{}", name);
        Steps.phase(deployment.folder(), name);
    }

    private void register() {
        programs.keep(CONFIGURATION_SERVER, deployment::launchConfigurationServer);
        for (String server : PROCESS_SERVERS) {
            int port = Deployment.freePort();
            programs.keep(server, () -> deployment.startProcessServer(server, port));
        }
        until(
                "all process servers are registered",
                () -> deployment.admin("process-servers", "list").size() == PROCESS_SERVERS.size());
        until("the machine is registered", () -> deployment.register("m1"));
        programs.keep(MOBILITY_SERVICE, () -> deployment.restartAgent("m1"));
    }

    private void protect() throws IOException {
        BootSector.write(Path.of(disk.device()));
        change();
        until("there is a policy", () -> {
            if (deployment.admin("policies", "list").toString().contains("\"brief\"")) {
                return true;
            }
            deployment.admin("policies", "create", "--name", "brief", "--retention", "1h", "--crash-consistent", "1h");
            return false;
        });
        until("the machine is protected", () -> {
            if (!machine().get("state").asText().equals("UNPROTECTED")) {
                return true;
            }
            deployment.admin("machines", "protect", "--machine", "m1", "--disk", disk.device(), "--policy", "brief");
            return false;
        });
        assertExactPoint();
    }

    /// Takes as many points as a checkpoint needs.
    private void replicate() throws IOException {
        change();
        assertExactPoint();
        until("there are points enough", () -> {
            if (points().size() >= MaintenanceLimits.DEFAULT.slotsPerCheckpoint()) {
                return true;
            }
            deployment.admin("points", "create", "--machine", "m1", "--wait");
            return false;
        });
    }

    /// Lets time pass until points, and then what they needed, must be gone.
    private void growOld() throws IOException {
        Set<String> points = points();
        Set<Path> objects = objects();
        shift(PAST_RETENTION);
        change();
        assertExactPoint();
        // Maintenance may have been there before that point: then the newest of the old ones was kept.
        shift(PAST_RETENTION);
        until("old points are gone", () -> points().stream().noneMatch(points::contains));
        shift(PAST_GRACE);
        change();
        assertExactPoint();
        until("what they needed is gone", () -> !objects().containsAll(objects));
        assertExactPoint();
    }

    private void shift(Duration by) {
        shift = shift.plus(by);
        try {
            ShiftedClock.shift(deployment.folder(), shift);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> points() {
        Set<String> ids = new HashSet<>();
        deployment
                .vaultCommand("vault", "points", "--machine", "m1")
                .forEach(point -> ids.add(point.get("id").asText()));
        return ids;
    }

    /// Data and points in the vault.
    private Set<Path> objects() {
        try {
            Set<Path> objects = new HashSet<>(LiveTree.files(deployment.vault()));
            objects.removeIf(file -> file.toString().contains("/.tmp/"));
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode machine() {
        return deployment.admin("machines", "list").get(0);
    }

    private void move() {
        String[] from = {""};
        until("the machine is moved", () -> {
            JsonNode now = machine();
            if (from[0].isEmpty()) {
                from[0] = now.get("processServerName").asText();
            }
            if (!now.get("processServerName").asText().equals(from[0])) {
                return true;
            }
            String to = PROCESS_SERVERS.get(from[0].equals(PROCESS_SERVERS.getFirst()) ? 1 : 0);
            deployment.admin("machines", "move", "--machine", "m1", "--to", to);
            return false;
        });
    }

    private void test() {
        until("a test machine is up", () -> {
            switch (machine().get("testFailoverState").asText()) {
                case "COMPLETED" -> {
                    return true;
                }
                case "NONE" ->
                    deployment.admin(
                            "failover", "test", "--machine", "m1", "--probe-serial", BootSector.SAYS, "--wait");
                case "FAILED" -> deployment.admin("failover", "cleanup", "--machine", "m1");
                default -> {
                    // It is on its way.
                }
            }
            return false;
        });
    }

    private void cleanUp() {
        until("the test is cleaned up", () -> {
            switch (machine().get("testFailoverState").asText()) {
                case "NONE" -> {
                    return true;
                }
                case "COMPLETED", "FAILED" -> deployment.admin("failover", "cleanup", "--machine", "m1");
                default -> {
                    // It is on its way.
                }
            }
            return false;
        });
    }

    private void endProtection() throws IOException {
        // What a death has left in the vault goes while somebody still looks after the machine.
        shift(PAST_GRACE);
        change();
        assertExactPoint();
        int[] looks = {0};
        until("the vault has nothing that nobody names", () -> {
            if (deployment
                    .vaultCommand("vault", "check", "--data")
                    .get("findings")
                    .isEmpty()) {
                return true;
            }
            // Who died since has left more, which has its grace from then on.
            if (++looks[0] % LOOKS_OF_A_DAY == 0) {
                shift(PAST_GRACE);
            }
            return false;
        });
        until("protection has ended", () -> {
            String state = machine().get("state").asText();
            if (!state.equals("UNPROTECTED")) {
                deployment.admin("machines", "unprotect", "--machine", "m1", "--wait");
            }
            return state.equals("UNPROTECTED");
        });
    }

    private void assertNothingIsLeft(List<Path> traces) throws IOException {
        assertThat(traces).noneMatch(Files::exists);
        assertThat(LiveTree.files(deployment.agentData("m1")))
                .extracting(file -> file.getFileName().toString())
                .allMatch(name -> name.endsWith(".log") || name.equals("agent.lock"));
        for (String server : PROCESS_SERVERS) {
            assertThat(LiveTree.files(deployment.folder().resolve(server).resolve("process-server/cache")))
                    .isEmpty();
        }
        assertThat(LiveTree.files(deployment.engineData().resolve("site"))).isEmpty();
        assertThat(LiveTree.files(deployment.engineData().resolve("flows"))).isEmpty();
        assertThat(deployment.admin("machines", "list").toString()).doesNotContain("m1");
    }

    private void assertExactPoint() {
        Path[] copy = new Path[1];
        JsonNode[] point = new JsonNode[1];
        until("a point is taken", () -> {
            // Who was told to copy before a death may still be at it.
            copy[0] = deployment.folder().resolve("frozen-" + ++copies);
            String command = "dd if=%s of=%s bs=1M iflag=direct status=none".formatted(disk.device(), copy[0]);
            point[0] = deployment.admin(
                    "points", "create", "--machine", "m1", "--wait", "--run-frozen", command, "--timeout", "60");
            return true;
        });
        Path exported = deployment.folder().resolve("exported.raw");
        deployment.vaultCommand(
                "vault",
                "export",
                "--machine",
                "m1",
                "--disk",
                disk.device(),
                "--point",
                point[0].get("id").asText(),
                "--to",
                exported.toString());
        try {
            assertThat(Files.mismatch(copy[0], exported))
                    .as("first byte that differs")
                    .isEqualTo(-1);
            Files.delete(copy[0]);
            Files.delete(exported);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change() throws IOException {
        byte[] bytes = new byte[3 << 20];
        random.nextBytes(bytes);
        Files.write(disk.mountPoint().resolve("changing"), bytes);
    }

    /// Waits for something that programs do, from the last death on. Looking may fail, because a program is not there
    /// at the moment.
    private void until(String what, BooleanSupplier condition) {
        List<String> last = new ArrayList<>();
        long looked = System.nanoTime();
        long quiet = 0;
        while (true) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (AssertionError e) {
                last.add(String.valueOf(e.getMessage()));
            }
            Waiting.pause();
            long now = System.nanoTime();
            // A computer that stood still for minutes has kept its programs from working, too.
            quiet = programs.newestStart() - looked > 0 ? 0 : quiet + Math.min(now - looked, LOOK.toNanos());
            looked = now;
            if (quiet > PATIENCE.toNanos()) {
                throw new AssertionError("Waited %s in vain until %s. %s"
                        .formatted(PATIENCE, what, last.isEmpty() ? "" : last.getLast()));
            }
        }
    }
}
