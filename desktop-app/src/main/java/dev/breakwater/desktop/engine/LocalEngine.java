package dev.breakwater.desktop.engine;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.EngineAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The engine whose folder lies on this computer. It runs as a process of its own and goes on when the console ends.
public final class LocalEngine {

    private static final int REPLICATION_PORT = 9443;
    private static final int CONNECT_MILLIS = 1000;

    /// A first start draws a certificate authority and opens the vault: seconds, on a busy computer a minute.
    private static final Duration FIRST_START = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(200);

    /// Enough for a message of ours with its cause.
    private static final int LAST_LINES = 4;

    private final Path data;
    private final EngineProgram program;

    /// An engine that may not have run yet.
    ///
    /// @param data its folder
    public LocalEngine(Path data, EngineProgram program) {
        this.data = data.toAbsolutePath().normalize();
        this.program = program;
    }

    /// Its folder.
    public Path data() {
        return data;
    }

    /// Its program, for commands that need no running engine.
    public EngineProgram program() {
        return program;
    }

    /// Whether it was told its vault, so that it can be started without further questions.
    public boolean hasVault() {
        return Files.exists(data.resolve("engine.p12"));
    }

    /// Whether the folder knows an engine to ask: this computer's own, or that of a user's folder.
    public boolean isKnown() {
        return hasVault() || Files.exists(data.resolve("address"));
    }

    /// Whether something accepts connections where its folder says; the first question shows whether it is the engine.
    public boolean isRunning() {
        try (Socket socket = new Socket()) {
            EngineAddress address = EngineAccess.address(data);
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether it could be started from here, and does not run.
    public boolean isStopped() {
        return hasVault() && !isRunning();
    }

    /// Starts it with the vault it knows, at the ports where it was before, and waits until it answers. Harmless if it
    /// runs already.
    ///
    /// @throws IOException if it ended instead; the message ends with what it said last
    public void startAndAwait() throws IOException, InterruptedException {
        startAndAwait(List.of());
    }

    /// Starts it for the first time and waits until it answers.
    ///
    /// @param vault where its vault lies
    /// @param recoveryKeyFile file with the vault's recovery key, needed until the engine answers
    /// @throws IOException if it ended instead; the message ends with what it said last
    public void startAndAwait(String vault, Path recoveryKeyFile) throws IOException, InterruptedException {
        startAndAwait(List.of("--vault", vault, "--recovery-key-file", recoveryKeyFile.toString()));
    }

    private void startAndAwait(List<String> more) throws IOException, InterruptedException {
        if (isRunning()) {
            return;
        }
        Process process = start(more);
        long deadline = System.nanoTime() + FIRST_START.toNanos();
        while (!isRunning()) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("The engine ended as it started, so nothing is replicated. It said: "
                        + lastWords() + " More is in " + log() + ".");
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("The engine has not answered within " + FIRST_START.toSeconds()
                        + " s. It may still be starting: try again, and see " + log() + ".");
            }
        }
    }

    /// Writes a diagnostics bundle, as the command of that name does; the engine need not run.
    ///
    /// @param file must not exist yet
    /// @param server an engine elsewhere, as it was given
    /// @return each entry with its size, or why it could not be had
    /// @throws IOException if it could not be written; the message says why
    public Map<String, String> diagnostics(Path file, @Nullable String server)
            throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("diagnostics", "--to", file.toString(), "--data", data.toString(), "--json"));
        if (server != null) {
            arguments.addAll(List.of("--server", server));
        }
        return ControlJson.mapper().readValue(program.run(arguments), new TypeReference<TreeMap<String, String>>() {});
    }

    private Path log() {
        return data.resolve("logs").resolve("console-start.log");
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log()).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join(" ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private Process start(List<String> more) throws IOException {
        Files.createDirectories(data.resolve("logs"));
        List<String> arguments = new ArrayList<>(List.of(
                "engine",
                "run",
                "--data",
                data.toString(),
                "--https-port",
                Integer.toString(httpsPort()),
                "--replication-port",
                Integer.toString(replicationPort())));
        arguments.addAll(more);
        return program.start(log(), arguments);
    }

    /// Machines and consoles know the engine by its port, so it stays.
    private int httpsPort() throws IOException {
        @Nullable
        EngineAddress before =
                Files.exists(data.resolve("admin").resolve("address")) ? EngineAccess.address(data) : null;
        return before == null ? freeOr(EngineAddress.DEFAULT_PORT) : before.port();
    }

    /// Machines were registered with it, and a firewall may let nothing else through; so it stays too.
    private int replicationPort() throws IOException {
        OptionalInt before = EngineAccess.replicationPort(data);
        return before.isPresent() ? before.getAsInt() : freeOr(REPLICATION_PORT);
    }

    /// That port, or any if it is taken or this user may not have it: for a first start only.
    private static int freeOr(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return any.getLocalPort();
            }
        }
    }
}
