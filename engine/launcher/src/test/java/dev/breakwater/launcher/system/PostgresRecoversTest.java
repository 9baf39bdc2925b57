package dev.breakwater.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A PostgreSQL that was committing while points were taken")
class PostgresRecoversTest {

    private static final int POINTS = 3;
    private static final long DISK_BYTES = 512L << 20;

    @TempDir
    Path folder;

    private static Path programs;

    @BeforeAll
    static void needsPostgres() throws IOException {
        Requirements.rootAndLoopDevices();
        programs = Requirements.folder("PostgreSQL's server", Path.of("/usr/lib/postgresql"), "bin/initdb");
        Requirements.program("runuser");
    }

    @Test
    @DisplayName("recovers from every point without losing a commit that was acknowledged before the point")
    void losesNoCommit() throws Exception {
        Subprocess.run("chmod", "755", folder.toString());
        List<Point> points = new ArrayList<>();
        try (LoopDisk disk = LoopDisk.mounted(folder, "disk", DISK_BYTES, "ext4", "defaults");
                Deployment deployment = Deployment.create(folder)) {
            Path data = disk.mountPoint().resolve("data");
            Path socket = Files.createDirectory(folder.resolve("socket"));
            Subprocess.run("chmod", "777", socket.toString(), disk.mountPoint().toString());
            postgres("initdb", "-D", data.toString(), "-A", "trust", "-E", "UTF8", "--no-locale");
            start(data, socket);
            Path acknowledged = folder.resolve("acknowledged");
            try (Commits commits = new Commits(socket, acknowledged)) {
                deployment.startEngine();
                deployment.startAgent("m1");
                deployment.protect("--machine", "m1", "--disk", disk.device(), "--policy", "default", "--wait");
                for (int i = 0; i < POINTS; i++) {
                    commits.awaitNext();
                    Path seen = folder.resolve("acknowledged-" + i);
                    JsonNode point = deployment.admin(
                            "points",
                            "create",
                            "--machine",
                            "m1",
                            "--wait",
                            "--run-frozen",
                            "cp " + acknowledged + " " + seen,
                            "--timeout",
                            "30");
                    points.add(new Point(point.get("id").asText(), number(seen)));
                }
            } finally {
                postgres("pg_ctl", "-D", data.toString(), "-m", "immediate", "stop");
            }
            assertThat(points.getLast().acknowledged())
                    .as("commits went on between the points")
                    .isGreaterThan(points.getFirst().acknowledged());
            for (Point point : points) {
                assertRecovers(deployment, disk.device(), point);
            }
        }
    }

    private void assertRecovers(Deployment deployment, String disk, Point point) throws Exception {
        Path image = folder.resolve("recovered.raw");
        deployment.vaultCommand(
                "vault", "export", "--machine", "m1", "--disk", disk, "--point", point.id(), "--to", image.toString());
        Path mount = Files.createDirectories(folder.resolve("recovered"));
        Subprocess.run("mount", "-o", "loop", image.toString(), mount.toString());
        try {
            Path data = mount.resolve("data");
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            Path socket = Files.createDirectories(folder.resolve("socket-recovered"));
            Subprocess.run("chmod", "777", socket.toString());
            start(data, socket);
            try {
                String[] answer = psql(socket, "select count(*), coalesce(max(n), 0) from commits")
                        .split("\\|", -1);
                assertThat(Long.parseLong(answer[1]))
                        .as("the last commit that point %s recovers", point.id())
                        .isGreaterThanOrEqualTo(point.acknowledged());
                assertThat(answer[0]).as("no commit is missing in between").isEqualTo(answer[1]);
            } finally {
                postgres("pg_ctl", "-D", data.toString(), "-m", "fast", "stop");
            }
        } finally {
            Subprocess.run("umount", mount.toString());
            Files.delete(image);
        }
    }

    private static void start(Path data, Path socket) {
        postgres(
                "pg_ctl",
                "-D",
                data.toString(),
                "-w",
                "-l",
                socket.resolve("log").toString(),
                "-o",
                "-c listen_addresses='' -c unix_socket_directories=" + socket + " -c shared_buffers=16MB",
                "start");
    }

    private static void postgres(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "runuser", "-u", "postgres", "--", programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        Subprocess.run(command.toArray(String[]::new));
    }

    private static String psql(Path socket, String query) {
        return Subprocess.run(psqlCommand(socket, "-c", query).toArray(String[]::new))
                .strip();
    }

    private static List<String> psqlCommand(Path socket, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("psql").toString(),
                "-XqAt",
                "-h",
                socket.toString(),
                "-U",
                "postgres",
                "-d",
                "postgres"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static long number(Path file) throws IOException {
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    }

    private record Point(String id, long acknowledged) {}

    /// A client that commits one row after the other and, outside the protected disk, writes down each acknowledged
    /// one.
    private static final class Commits implements AutoCloseable {

        private final Process client;
        private final Thread thread;
        private volatile boolean stopped;
        private volatile long last;

        Commits(Path socket, Path acknowledged) throws IOException {
            psql(socket, "create table commits (n bigint primary key)");
            client = new ProcessBuilder(psqlCommand(socket))
                    .redirectErrorStream(true)
                    .start();
            thread = Thread.ofPlatform().start(() -> work(acknowledged));
        }

        private void work(Path acknowledged) {
            Path next = acknowledged.resolveSibling("acknowledged.next");
            try (PrintWriter statements = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8);
                    BufferedReader answers = client.inputReader(StandardCharsets.UTF_8)) {
                for (long n = 1; !stopped; n++) {
                    statements.println("insert into commits values (" + n + ") returning n;");
                    String answer = answers.readLine();
                    if (!String.valueOf(n).equals(answer)) {
                        return;
                    }
                    last = n;
                    Files.writeString(next, answer);
                    Files.move(next, acknowledged, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /// Waits for a commit after this moment.
        void awaitNext() {
            long before = last;
            Waiting.until("another commit", Duration.ofSeconds(30), () -> last > before + 1, () -> "");
        }

        @Override
        public void close() {
            stopped = true;
            Waiting.until("the client ends", Duration.ofSeconds(30), () -> !thread.isAlive(), () -> "");
            client.destroyForcibly();
        }
    }
}
