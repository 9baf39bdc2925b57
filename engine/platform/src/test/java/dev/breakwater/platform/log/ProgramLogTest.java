package dev.breakwater.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ProgramLogTest {

    @TempDir
    private Path folder;

    @AfterEach
    void asBefore() {
        ProgramLog.ofCommand();
    }

    @Test
    @DisplayName("a line in a file is a JSON object that names request, machine and job of its scopes, and no longer")
    void linesNameTheirWork() throws IOException {
        try (ProgramLog log = ProgramLog.ofService(ProgramLog.Waiting.FOR_THE_DISK, Map.of())) {
            log.toFile(folder.resolve("a.log"), 1);
            try (LogContext.Scope _ = LogContext.request("r-1");
                    LogContext.Scope _ = LogContext.machine("m-1", "web")) {
                try (LogContext.Scope _ = LogContext.job("j-1", "m-2")) {
                    logger().info("inner \"quoted\"\nsecond line");
                }
                logger().info("outer");
            }
            logger().info("alone");
        }
        List<String> lines = Files.readAllLines(folder.resolve("a.log"));
        assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(lines.get(0))
                .contains("\"request\":\"r-1\"", "\"machine\":\"m-2\"", "\"machineName\":\"web\"", "\"job\":\"j-1\"")
                .contains("inner \\\"quoted\\\"\\nsecond line");
        assertThat(lines.get(1)).contains("\"machine\":\"m-1\"").doesNotContain("j-1");
        assertThat(lines.get(2)).doesNotContain("r-1", "m-1", "j-1").contains("\"level\":\"INFO\"");
    }

    @Test
    @DisplayName("a thread that goes on when the disk is slow still has its lines in the scope they were said in")
    void queuedLinesKeepTheirScope() throws IOException {
        try (ProgramLog log = ProgramLog.ofService(ProgramLog.Waiting.NEVER, Map.of("machine", "m-7"))) {
            log.toFile(folder.resolve("q.log"), 1);
            try (LogContext.Scope _ = LogContext.job("j-7", null)) {
                logger().info("queued");
            }
        }
        assertThat(Files.readString(folder.resolve("q.log")))
                .contains("\"job\":\"j-7\"", "\"machine\":\"m-7\"", "queued");
    }

    @Test
    @DisplayName("however much is logged, files are of bounded size and number")
    void filesAreBounded() throws IOException {
        String line = "x".repeat(64 << 10);
        try (ProgramLog log = ProgramLog.ofService(ProgramLog.Waiting.FOR_THE_DISK, Map.of())) {
            log.toFile(folder.resolve("big.log"), 2);
            for (long written = 0; written < (4L * ProgramLog.FILE_MIB) << 20; written += line.length()) {
                logger().info("{}", line);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.sorted().toList();
            assertThat(all)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("big.log", "big.log.1", "big.log.2");
            for (Path file : all) {
                assertThat(Files.size(file)).isLessThan((ProgramLog.FILE_MIB + 1L) << 20);
            }
        }
    }

    private static Logger logger() {
        return LoggerFactory.getLogger("dev.breakwater.test");
    }
}
