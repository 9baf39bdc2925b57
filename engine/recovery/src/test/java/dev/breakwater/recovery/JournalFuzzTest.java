package dev.breakwater.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.testkit.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A damaged journal of a test failover")
class JournalFuzzTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("is refused, or gives whole entries")
    void entries() throws IOException {
        UUID flow = new UUID(1, 2);
        var journal = new FileFlowJournal(folder);
        for (int i = 1; i <= 3; i++) {
            journal.append(new FlowEntry(
                    flow,
                    i,
                    Instant.EPOCH,
                    "start-machine",
                    FlowEntry.Phase.DONE,
                    TestFailoverState.NONE,
                    Map.of("key", "value")));
        }
        Path file;
        try (var files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        Fuzz.of("journal")
                .good(Files.readAllBytes(file))
                .words("null", "{}", "[]", "\n", "1e400")
                .refusesWith(IOException.class)
                .usually(600)
                .run(input -> {
                    Files.write(file, input);
                    for (FlowEntry entry : journal.entries(flow)) {
                        assertThat(entry.step()).isNotNull();
                        assertThat(entry.details()).isNotNull();
                    }
                });
    }

    @Test
    @DisplayName("beside which a stranger's file lies is found all the same")
    void strangers() throws IOException {
        UUID flow = new UUID(1, 2);
        var journal = new FileFlowJournal(folder);
        journal.append(
                new FlowEntry(flow, 1, Instant.EPOCH, "x", FlowEntry.Phase.DONE, TestFailoverState.NONE, Map.of()));
        Path file;
        try (var files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        Files.copy(file, file.resolveSibling("copy of " + file.getFileName()));
        assertThat(journal.flows()).containsExactly(flow);
    }
}
