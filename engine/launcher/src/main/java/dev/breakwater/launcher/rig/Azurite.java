package dev.breakwater.launcher.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Microsoft's emulator of Azure Blob Storage as a child process. The script `.ci/azurite` installs and starts it.
final class Azurite implements AutoCloseable {

    /// The account that every Azurite has, and its key: published by Microsoft, no secret.
    private static final String ACCOUNT = "devstoreaccount1";

    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// The first start installs it from npm.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final int port;

    private Azurite(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Azurite start(Path folder) throws IOException, InterruptedException {
        Path script = script();
        Files.createDirectories(folder);
        int port = Ports.free();
        Process process = new ProcessBuilder(script.toString(), "run", Integer.toString(port), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolveSibling("azurite.log").toFile())
                .start();
        Azurite azurite = new Azurite(process, port);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!azurite.answers()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                azurite.close();
                throw new IOException("Azurite does not run, so there is no emulated Azure to hold the vault. See "
                        + folder.resolveSibling("azurite.log") + "; it needs npm, and the network the first time.");
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        return azurite;
    }

    String location(String container) {
        return "azure://" + ACCOUNT + "/" + container;
    }

    String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY
                + ";BlobEndpoint=http://127.0.0.1:" + port + "/" + ACCOUNT + ";";
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// The script lies beside the launcher's script, three folders above the built program.
    private static Path script() throws IOException {
        String app = System.getenv("BREAKWATER_APP");
        Path folder = app == null ? Path.of("").toAbsolutePath() : Path.of(app);
        while (folder != null) {
            Path candidate = folder.resolve(".ci/azurite");
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
            folder = folder.getParent();
        }
        throw new IOException("The script .ci/azurite was not found above " + app + "; run this from a source tree.");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
