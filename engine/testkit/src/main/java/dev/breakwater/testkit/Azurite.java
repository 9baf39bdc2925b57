package dev.breakwater.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real Azurite, Microsoft's emulator of Azure Blob Storage, on a port of this computer. The script `.ci/azurite`
/// installs it once. Tests share one per JVM, each with a container of its own.
public final class Azurite implements AutoCloseable {

    /// The storage account that Azurite has.
    public static final String ACCOUNT = "devstoreaccount1";

    /// The account's key, which is public knowledge.
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final int START_SECONDS = 60;
    private static final int INSTALL_SECONDS = 300;
    private static @Nullable Azurite shared;
    private static @Nullable String sharedFailure;

    private final Process process;
    private final Path folder;
    private final int port;

    private Azurite(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /// The Azurite of this JVM, started at the first call and ended with the JVM.
    ///
    /// @throws IllegalStateException if there can be none here; the message says why: a reason to skip a test
    public static synchronized Azurite shared() {
        if (sharedFailure != null) {
            throw new IllegalStateException(sharedFailure);
        }
        if (shared == null) {
            try {
                Azurite started = start();
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                shared = started;
            } catch (IOException e) {
                sharedFailure = "Azurite does not run here: " + e.getMessage();
                throw new IllegalStateException(sharedFailure, e);
            }
        }
        return shared;
    }

    /// A new Azurite with an empty folder of its own.
    ///
    /// @throws IOException if it cannot be installed or does not start
    public static Azurite start() throws IOException {
        Path script = script();
        String program = install(script);
        Path folder = Files.createTempDirectory("azurite");
        int port = freePort();
        Process process = new ProcessBuilder(
                        program,
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        Integer.toString(port),
                        "--location",
                        folder.toString(),
                        "--silent",
                        "--disableTelemetry")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        Azurite azurite = new Azurite(process, folder, port);
        try {
            azurite.awaitStart();
            return azurite;
        } catch (IOException e) {
            azurite.close();
            throw e;
        }
    }

    /// What a client needs to use it.
    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY
                + ";BlobEndpoint=http://127.0.0.1:" + port + "/" + ACCOUNT + ";";
    }

    /// The port it listens on, at 127.0.0.1.
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Azurite::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path script() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path script = folder.resolve(".ci").resolve("azurite");
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        throw new IOException(
                "the script .ci/azurite is in no folder above " + Path.of("").toAbsolutePath());
    }

    private static String install(Path script) throws IOException {
        Path errors = Files.createTempFile("azurite-install", ".txt");
        try {
            Process install = new ProcessBuilder(script.toString(), "install")
                    .redirectError(errors.toFile())
                    .start();
            String output = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!install.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || install.exitValue() != 0) {
                install.destroyForcibly();
                throw new IOException(Files.readString(errors).strip());
            }
            return output.lines().reduce((first, second) -> second).orElse("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was installed", e);
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IOException("it ended at once: "
                        + Files.readString(folder.resolve("output.txt")).strip());
            }
            if (answers()) {
                return;
            }
        }
        throw new IOException("it did not answer within " + START_SECONDS + " s");
    }

    private boolean answers() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            try {
                return process.waitFor(50, TimeUnit.MILLISECONDS) && process.isAlive();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while it started", interrupted);
            }
        }
    }
}
