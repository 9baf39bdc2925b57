package dev.breakwater.vault.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.testkit.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder as object store")
class FolderStoreTest extends ObjectStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected ObjectStore open() throws StoreException {
        return open(folder);
    }

    private static ObjectStore open(Path folder) throws StoreException {
        return FolderStore.open(folder, Seed.orUsual(1).entropy());
    }

    private static List<ByteBuffer> content(int length) {
        return List.of(ByteBuffer.wrap(new byte[length]));
    }

    @Test
    @DisplayName("says that a folder is not there, or makes it when a vault is created")
    void missing() throws StoreException {
        Path missing = folder.resolve("a/b");
        assertThatThrownBy(() -> open(missing))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
        FolderStore.create(missing, Seed.orUsual(2).entropy()).putIfAbsent("x", content(1));
        assertThat(missing.resolve("x")).isRegularFile();
    }

    @Test
    @DisplayName("writes nothing into a folder that is only read")
    void readingWritesNothing() throws IOException {
        Files.writeString(folder.resolve("x"), "1");
        try (ObjectStore store = open()) {
            store.get("x");
            store.list("", "", 10);
            assertThat(store.size("y")).isEmpty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("x"));
        }
    }

    @Test
    @DisplayName("shows nothing of a put that did not finish, and removes what it left once it is old")
    void unfinished() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve(".tmp"));
        Path old = Files.writeString(temporary.resolve("old"), "half");
        Path young = Files.writeString(temporary.resolve("young"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(young, FileTime.from(Instant.now().minus(Duration.ofHours(23))));
        try (ObjectStore store = open()) {
            assertThat(store.list("", "", 10)).isEmpty();
            store.putIfAbsent("x", content(1));
            assertThat(store.list("", "", 10)).containsExactly(new ObjectInfo("x", 1));
        }
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactly(young);
        }
    }

    @Test
    @DisplayName("says that it is full, keeps what it holds, and goes on once there is room (on a real small disk)")
    void full() throws Exception {
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()) == 0,
                "mounting a small disk needs root");
        try (ObjectStore store = open()) {
            store.putIfAbsent("first", content(700_000));
            assertThatThrownBy(() -> store.putIfAbsent("second", content(700_000)))
                    .isInstanceOfSatisfying(StoreException.class, e -> {
                        assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL);
                        assertThat(e.retryable()).isTrue();
                        assertThat(e).hasMessageContaining("Make room");
                    });
            assertThat(store.list("", "", 10)).containsExactly(new ObjectInfo("first", 700_000));
            store.delete("first");
            assertThat(store.putIfAbsent("second", content(700_000))).isEqualTo(PutOutcome.CREATED);
        } finally {
            run("umount", folder.toString());
        }
    }

    private static int run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
