package dev.breakwater.sitelocal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out whether this computer's hardware virtualisation works: it runs a boot sector that does what boot loaders
/// and kernels do. That `/dev/kvm` opens proves nothing, and QEMU's own list of fallbacks does not help where KVM is
/// there and loses its way. The finding is kept until kernel, processor or QEMU change.
public final class KvmCanary {

    private static final Logger LOG = LoggerFactory.getLogger(KvmCanary.class);

    /// Working virtualisation needs a fifth of a second.
    private static final Duration DEADLINE = Duration.ofSeconds(6);

    /// A busy computer gets the benefit of the doubt once: the finding is kept for long.
    private static final Duration SECOND_DEADLINE = Duration.ofSeconds(20);

    private static final String TOO_SLOW = "a test boot did not get through in time";
    private static final int SUCCESS = 85;
    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String qemu;
    private final Path memory;

    /// What was found.
    ///
    /// @param usable whether machines may run by hardware virtualisation
    /// @param reason why not, or how it was found; for people
    public record Finding(boolean usable, String reason) {}

    /// A canary.
    ///
    /// @param qemu the QEMU program
    /// @param cache folder in which the finding is kept
    public KvmCanary(String qemu, Path cache) {
        this.qemu = qemu;
        this.memory = cache.resolve("kvm-canary.json");
    }

    /// The kept finding, or a new one, which takes up to 26 seconds.
    public Finding find() throws InterruptedException {
        if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
            return new Finding(false, DEVICE + " is missing or not open to this user");
        }
        String computer = computer();
        Finding kept = recall(computer);
        if (kept != null) {
            return kept;
        }
        Finding found = release(Accelerator.KVM);
        LOG.info("Hardware virtualisation is {}: {}", found.usable() ? "usable" : "not usable", found.reason());
        remember(computer, found);
        return found;
    }

    /// Runs the boot sector.
    Finding release(Accelerator accelerator) throws InterruptedException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("bw-canary");
            Path disk = folder.resolve("canary.bin");
            try (InputStream in = KvmCanary.class.getResourceAsStream("canary.bin")) {
                if (in == null) {
                    return new Finding(false, "the canary is missing from the program's jar");
                }
                Files.copy(in, disk);
            }
            Finding first = run(accelerator, disk, folder.resolve("output"), DEADLINE);
            return first.reason().equals(TOO_SLOW)
                    ? run(accelerator, disk, folder.resolve("output"), SECOND_DEADLINE)
                    : first;
        } catch (IOException e) {
            return new Finding(false, "the canary could not be started: " + e.getMessage());
        } finally {
            Folders.remove(folder);
        }
    }

    private Finding run(Accelerator accelerator, Path disk, Path output, Duration deadline)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        qemu,
                        "-accel",
                        accelerator.argument(),
                        "-cpu",
                        accelerator.processor(),
                        "-nodefaults",
                        "-no-user-config",
                        "-m",
                        "32",
                        "-display",
                        "none",
                        "-no-reboot",
                        "-device",
                        "isa-debug-exit,iobase=0xf4,iosize=1",
                        "-drive",
                        "file=" + disk + ",format=raw,if=ide"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Finding(false, TOO_SLOW);
            }
            String text = Files.readString(output, StandardCharsets.UTF_8).strip();
            return process.exitValue() == SUCCESS
                    ? new Finding(true, "a test boot went through")
                    : new Finding(
                            false,
                            "a test boot ended with status " + process.exitValue()
                                    + (text.isEmpty()
                                            ? ""
                                            : ": " + text.lines().findFirst().orElse("")));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private @Nullable Finding recall(String computer) {
        try {
            JsonNode kept = JSON.readTree(Files.readAllBytes(memory));
            return computer.equals(kept.path("computer").asText())
                    ? new Finding(
                            kept.path("usable").asBoolean(), kept.path("reason").asText())
                    : null;
        } catch (IOException _) {
            // Never looked here before, or the file is damaged: look again.
            return null;
        }
    }

    private void remember(String computer, Finding found) {
        Map<String, Object> line = new TreeMap<>();
        line.put("computer", computer);
        line.put("usable", found.usable());
        line.put("reason", found.reason());
        try {
            Files.createDirectories(memory.toAbsolutePath().getParent());
            Path partial = memory.resolveSibling(
                    memory.getFileName() + "." + ProcessHandle.current().pid());
            Files.write(partial, JSON.writeValueAsBytes(line));
            Files.move(partial, memory, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("The finding about hardware virtualisation could not be kept: {}", e.getMessage());
        }
    }

    /// Whatever may change the finding when it changes.
    private String computer() {
        return String.join(
                "|",
                System.getProperty("os.version", ""),
                firstLine(Path.of("/etc/machine-id"), ""),
                firstLine(Path.of("/proc/cpuinfo"), "model name"),
                qemuStamp());
    }

    private String qemuStamp() {
        try {
            return qemu + " " + Files.getLastModifiedTime(Path.of(qemu));
        } catch (IOException _) {
            return qemu;
        }
    }

    private static String firstLine(Path file, String beginning) {
        try (var lines = Files.lines(file)) {
            return lines.filter(l -> l.startsWith(beginning)).findFirst().orElse("");
        } catch (IOException _) {
            return "";
        }
    }
}
