package dev.breakwater.sitelocal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.breakwater.site.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What must be known of a run to remove it after the engine that began it was killed.
///
/// @param run whose record
/// @param sockets the folder of its sockets, outside of the run's own folder because their paths must be short
/// @param pid QEMU's process, 0 while it is not started
record RunRecord(RunId run, Path sockets, long pid) {

    private static final String FILE = "run.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// How long a killed process may take to go; one that waits for a dead disk goes when the disk's server is gone.
    private static final int KILL_SECONDS = 10;

    void write(Path folder) throws IOException {
        Map<String, Object> content = new TreeMap<>();
        content.put("run", run.toString());
        content.put("sockets", sockets.toString());
        content.put("pid", pid);
        Path partial = folder.resolve(FILE + ".new");
        Files.write(partial, JSON.writeValueAsBytes(content));
        Files.move(partial, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static Optional<RunRecord> read(Path folder) {
        try {
            JsonNode content = JSON.readTree(Files.readAllBytes(folder.resolve(FILE)));
            return Optional.of(new RunRecord(
                    RunId.of(content.required("run").asText()),
                    Path.of(content.required("sockets").asText()),
                    content.required("pid").asLong()));
        } catch (IOException | IllegalArgumentException _) {
            // Killed before the record was written: then nothing was started either.
            return Optional.empty();
        }
    }

    /// Kills QEMU if it still runs. A process that only inherited its number is left alone: ours names the run in its
    /// command line.
    void kill() throws InterruptedException {
        if (pid == 0 || !isOurs()) {
            return;
        }
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        for (int tenths = 0; tenths < KILL_SECONDS * 10 && isOurs(); tenths++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean isOurs() {
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), StandardCharsets.UTF_8)
                    .contains(run.toString());
        } catch (IOException _) {
            return false;
        }
    }
}
