package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledTest {

    private static final int ROUNDS = 2;

    @TempDir
    private Path folder;

    /// A configuration server in a process of its own, which prints its port and waits to be killed.
    static final class Victim {

        public static void main(String[] arguments) throws Exception {
            Site site = new Site(Path.of(arguments[0]));
            System.out.println("port " + site.server.httpsPort());
            Thread.currentThread().join();
        }
    }

    @Test
    @DisplayName("Whatever was accepted before kill -9 is there after the restart")
    void killed() throws Exception {
        List<String> accepted = new CopyOnWriteArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Process victim = start();
            Thread orders = order(port(victim), round, accepted);
            int enough = accepted.size() + 10;
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (accepted.size() < enough && System.nanoTime() < deadline) {
                Thread.sleep(1);
            }
            victim.destroyForcibly().waitFor();
            orders.join();
            assertThat(accepted.size()).isGreaterThanOrEqualTo(enough);
        }
        try (Site site = new Site(folder);
                AdminClient admin = site.admin()) {
            assertThat(admin.policies()).extracting(ReplicationPolicy::name).containsAll(accepted);
            assertThat(admin.status().problems()).isEmpty();
        }
    }

    private Thread order(int port, int round, List<String> accepted) {
        return Thread.ofVirtual().start(() -> {
            try (AdminClient admin =
                    new AdminClient(new EngineAddress("localhost", port), TlsIdentity.load(folder.resolve("admin")))) {
                for (int i = 0; i < 100_000; i++) {
                    String name = "round-" + round + "-" + i;
                    admin.createPolicy(new ReplicationPolicy(
                            name, Duration.ofHours(1), Duration.ofDays(1), Duration.ofMinutes(5), Duration.ZERO));
                    accepted.add(name);
                }
            } catch (IOException | InterruptedException e) {
                assertThat(e).isNotNull();
            }
        });
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Victim.class.getName());
        command.add(folder.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("victim.log").toFile())
                .start();
    }

    private int port(Process victim) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline && victim.isAlive()) {
            for (String line : Files.readAllLines(folder.resolve("victim.log"))) {
                if (line.startsWith("port ")) {
                    return Integer.parseInt(line.substring(5));
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no server: " + Files.readString(folder.resolve("victim.log")));
    }
}
