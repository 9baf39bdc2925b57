package dev.breakwater.control.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsBundleTest {

    private static final String SECRET = "planted-5ecret";

    private static final String LINE =
            "{\"timestamp\":1,\"level\":\"INFO\",\"loggerName\":\"x\",\"mdc\":{\"request\":\"r-1\"},"
                    + "\"formattedMessage\":\"Orders came.\"}\n";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("bundle.zip");
    }

    @Test
    @DisplayName("a log's lines keep the fields of a log line and nothing that was planted beside them")
    void allowList() throws Exception {
        Path log = folder.resolve("engine.log");
        Files.writeString(
                log,
                LINE
                        + "{\"level\":\"INFO\",\"formattedMessage\":\"hello\",\"password\":\"" + SECRET
                        + "\",\"mdc\":{\"token\":\"" + SECRET + "\",\"job\":\"j-1\"}}\n"
                        + "-----BEGIN PRIVATE KEY----- " + SECRET + "\n"
                        + "[\"" + SECRET + "\"]\n"
                        + "{\"key\":\"" + SECRET + "\"}\n");
        Files.writeString(folder.resolve("engine.log.1"), LINE);
        Files.writeString(folder.resolve("engine.log.key"), SECRET);
        try (DiagnosticsBundle bundle = DiagnosticsBundle.create(file)) {
            bundle.addAbout("1.0", Instant.EPOCH);
            bundle.addLogs(log);
            bundle.addListing("files.json", folder);
        }
        Map<String, String> entries = entries();
        assertThat(entries.keySet())
                .containsExactlyInAnyOrder(
                        "about.json", "contents.json", "files.json", "logs/engine.log", "logs/engine.log.1");
        assertThat(entries.values()).noneMatch(text -> text.contains(SECRET));
        assertThat(entries.get("logs/engine.log"))
                .contains("Orders came.", "\"request\":\"r-1\"", "hello", "\"job\":\"j-1\"", "3 lines were left out");
        assertThat(entries.get("files.json")).contains("engine.log.key");
    }

    @Test
    @DisplayName("what cannot be had is told and keeps the rest out of nothing")
    void missing() throws Exception {
        try (DiagnosticsBundle bundle = DiagnosticsBundle.create(file)) {
            bundle.add("status.json", () -> {
                throw new IOException("the engine is away");
            });
            bundle.addLogs(folder.resolve("none.log"));
            bundle.add("metrics.txt", () -> "m 1\n");
        }
        assertThat(entries()).containsEntry("metrics.txt", "m 1\n").doesNotContainKey("status.json");
        assertThat(entries().get("contents.json")).contains("the engine is away");
    }

    @Test
    @DisplayName("it never grows past its bound and says what had to stay out")
    void bound() throws Exception {
        Files.writeString(folder.resolve("big.log"), LINE.repeat(200_000));
        try (DiagnosticsBundle bundle = DiagnosticsBundle.create(file, 12 << 20)) {
            bundle.addLogs(folder.resolve("big.log"));
            bundle.add("more.txt", () -> "x".repeat(8 << 20));
            bundle.add("little.txt", () -> "fits");
        }
        Map<String, String> entries = entries();
        assertThat(entries.get("logs/big.log").length()).isBetween(7 << 20, 9 << 20);
        assertThat(entries).doesNotContainKey("more.txt").containsEntry("little.txt", "fits");
        assertThat(entries.get("contents.json")).contains("left out");
    }

    @Test
    @DisplayName("only its owner may read it, and nothing is overwritten")
    void owner() throws Exception {
        DiagnosticsBundle.create(file).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> DiagnosticsBundle.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    private Map<String, String> entries() throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                entries.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }
}
