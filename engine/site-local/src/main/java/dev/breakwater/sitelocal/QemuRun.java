package dev.breakwater.sitelocal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.breakwater.diskexport.NbdExport;
import dev.breakwater.diskexport.NbdServer;
import dev.breakwater.site.RecoveredDisk;
import dev.breakwater.site.RunOrder;
import dev.breakwater.site.RunStatus;
import dev.breakwater.site.SiteException;
import dev.breakwater.sitelocal.host.HostCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One machine that QEMU runs: the server of its disks, its overlays, its process, its monitor.
final class QemuRun {

    private static final Logger LOG = LoggerFactory.getLogger(QemuRun.class);

    /// QEMU opens its monitor in a tenth of a second; a busy computer takes longer.
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);

    /// `quit` is done at once unless a disk hangs.
    private static final Duration QUIT_DEADLINE = Duration.ofSeconds(5);

    /// After a kill only the kernel is between us and the end.
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Pattern FORWARD =
            Pattern.compile("TCP\\[HOST_FORWARD]\\s+\\S+\\s+127\\.0\\.0\\.1\\s+(\\d+)\\s+\\S+\\s+(\\d+)");
    private static final int MAX_LOG_CHARS = 2000;

    private final RunOrder order;
    private final RunFiles files;
    private final Accelerator accelerator;
    private final LongSupplier nanos;
    private final NbdServer server;
    private final Process process;
    private final long startedAtNanos;
    private final QmpClient monitor;
    private final Map<Integer, InetSocketAddress> reachable;
    private final List<String> remarks;

    private QemuRun(
            RunOrder order,
            RunFiles files,
            Accelerator accelerator,
            LongSupplier nanos,
            NbdServer server,
            Process process,
            long startedAtNanos,
            QmpClient monitor,
            List<String> remarks)
            throws IOException, InterruptedException {
        this.order = order;
        this.files = files;
        this.accelerator = accelerator;
        this.nanos = nanos;
        this.server = server;
        this.process = process;
        this.startedAtNanos = startedAtNanos;
        this.monitor = monitor;
        this.remarks = remarks;
        this.reachable = forwardedPorts();
    }

    /// Starts a machine. If it cannot be started, nothing runs any more; the files are the caller's to remove.
    static QemuRun start(
            LocalSiteSettings settings,
            RunOrder order,
            Accelerator accelerator,
            RunFiles files,
            List<String> remarks,
            LongSupplier nanos)
            throws IOException, SiteException, InterruptedException {
        Firmware firmware = Firmware.of(order.hardware(), bootDisk(order).content(), files.folder());
        List<NbdExport> exports = new ArrayList<>();
        for (int i = 0; i < order.disks().size(); i++) {
            RecoveredDisk disk = order.disks().get(i);
            exports.add(new NbdExport(RunFiles.export(i), disk.content()));
            HostCommand.run(List.of(
                    "qemu-img",
                    "create",
                    "-q",
                    "-f",
                    "qcow2",
                    files.overlay(i).toString(),
                    Long.toString(disk.content().sizeBytes())));
        }
        NbdServer server = NbdServer.start(files.nbdSocket(), exports);
        Process process = null;
        try {
            Files.deleteIfExists(files.serialLog());
            process = new ProcessBuilder(QemuArguments.of(settings, order, accelerator, firmware, files))
                    .directory(files.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(files.qemuLog().toFile())
                    .start();
            long startedAt = nanos.getAsLong();
            new RunRecord(order.run(), files.sockets(), process.pid()).write(files.folder());
            QmpClient monitor = connect(process, files, nanos);
            return new QemuRun(order, files, accelerator, nanos, server, process, startedAt, monitor, remarks);
        } catch (IOException | SiteException | InterruptedException | RuntimeException e) {
            if (process != null) {
                process.destroyForcibly().waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            }
            server.close();
            throw e;
        }
    }

    private static RecoveredDisk bootDisk(RunOrder order) {
        return order.disks().stream()
                .filter(d -> d.description().boot())
                .findFirst()
                .orElse(order.disks().getFirst());
    }

    private static QmpClient connect(Process process, RunFiles files, LongSupplier nanos)
            throws SiteException, InterruptedException {
        long deadline = nanos.getAsLong() + START_DEADLINE.toNanos();
        String last = "it did not open its monitor";
        while (process.isAlive() && nanos.getAsLong() < deadline) {
            if (Files.exists(files.qmpSocket())) {
                try {
                    return QmpClient.connect(files.qmpSocket());
                } catch (IOException e) {
                    last = String.valueOf(e.getMessage());
                }
            }
            Thread.sleep(POLL);
        }
        throw new SiteException("QEMU did not start the machine: "
                + (process.isAlive() ? last : "it ended with status " + process.exitValue())
                + ". It says: " + qemuSays(files));
    }

    private static String qemuSays(RunFiles files) {
        try {
            String text =
                    Files.readString(files.qemuLog(), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "nothing" : text.substring(Math.max(0, text.length() - MAX_LOG_CHARS));
        } catch (IOException _) {
            return "nothing";
        }
    }

    private Map<Integer, InetSocketAddress> forwardedPorts() throws IOException, InterruptedException {
        if (order.reachablePorts().isEmpty()) {
            return Map.of();
        }
        JsonNode text = monitor.command("human-monitor-command", Map.of("command-line", "info usernet"));
        Map<Integer, InetSocketAddress> ports = new HashMap<>();
        Matcher matcher = FORWARD.matcher(text.asText());
        while (matcher.find()) {
            ports.put(
                    Integer.valueOf(matcher.group(2)),
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(matcher.group(1))));
        }
        return ports;
    }

    /// Whether the machine itself, not only QEMU on its behalf, has accepted a connection to one of its ports.
    boolean accepted(int port) throws IOException, InterruptedException {
        JsonNode text = monitor.command("human-monitor-command", Map.of("command-line", "info usernet"));
        return text.asText()
                .lines()
                .anyMatch(line ->
                        line.contains("TCP[ESTABLISHED]") && line.matches(".*\\s" + port + "\\s+\\d+\\s+\\d+\\s*"));
    }

    boolean running() {
        return process.isAlive();
    }

    RunStatus status() {
        return new RunStatus(order.run(), running(), accelerator.label(), files.serialLog(), reachable, remarks);
    }

    long sinceStartMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startedAtNanos);
    }

    void screenshot(Path target) throws IOException, InterruptedException {
        // QEMU's working folder and rights are its own: it writes into the run's folder, and we take it from there.
        Path picture = files.folder().resolve("screen.png");
        monitor.command("screendump", Map.of("filename", picture.toString(), "format", "png"));
        Files.move(picture, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Asks the operating system to switch off, then QEMU to quit, then kills it.
    void stop(Duration grace) throws InterruptedException {
        if (grace.isPositive() && tell("system_powerdown") && ended(grace)) {
            return;
        }
        if (running() && tell("quit") && ended(QUIT_DEADLINE)) {
            return;
        }
        process.destroyForcibly();
        if (!ended(KILL_DEADLINE)) {
            LOG.error("QEMU process {} of run {} does not go even when killed.", process.pid(), order.run());
        }
    }

    private boolean tell(String command) throws InterruptedException {
        if (!running()) {
            return true;
        }
        try {
            monitor.command(command, Map.of());
            return true;
        } catch (IOException e) {
            LOG.debug("{} of run {}: {}", command, order.run(), e.getMessage());
            return !running();
        }
    }

    private boolean ended(Duration deadline) throws InterruptedException {
        return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends everything; the files are left.
    void end() throws InterruptedException {
        stop(Duration.ZERO);
        monitor.close();
        server.close();
    }

    RunFiles files() {
        return files;
    }
}
