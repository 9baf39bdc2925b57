package dev.breakwater.vault.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.blob.FolderStore;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.key.VaultKey;
import dev.breakwater.vault.key.VaultKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The catalog")
class CatalogTest {

    private final Entropy entropy = Seed.orUsual(41).entropy();
    private final VaultId vault = new VaultId(entropy.uuid());
    private final VaultKeys keys = VaultKeys.of(VaultKey.draw(entropy));
    private final CatalogMachine machine = CatalogMachine.of(
            new MachineId(entropy.uuid()),
            "db-server-17",
            "default",
            List.of(new DiskDescription(new DiskId(entropy.uuid()), "/dev/sda", 1 << 30, true)));

    private record Note(int writer, int number) {}

    @TempDir
    private Path folder;

    private ObjectStore store;
    private Catalog catalog;

    @BeforeEach
    void open() throws Exception {
        store = FolderStore.open(folder, entropy);
        catalog = new Catalog(store, vault, keys, entropy, InstantSource.fixed(Instant.EPOCH));
    }

    private List<String> objects() throws IOException {
        return store.list("catalog/", "", 100).stream().map(ObjectInfo::name).toList();
    }

    @Test
    @DisplayName("gives back machines and policies as they were put")
    void roundTrip() throws Exception {
        catalog.put(Catalog.MACHINES, machine.id(), machine);
        catalog.put(Catalog.POLICIES, "default", CatalogPolicy.of(ReplicationPolicy.DEFAULT));
        assertThat(catalog.get(Catalog.MACHINES, machine.id(), CatalogMachine.class))
                .contains(machine);
        assertThat(catalog.list(Catalog.MACHINES, CatalogMachine.class)).containsOnly(Map.entry(machine.id(), machine));
        assertThat(catalog.get(Catalog.POLICIES, "default", CatalogPolicy.class).map(CatalogPolicy::toPolicy))
                .contains(ReplicationPolicy.DEFAULT);
        assertThat(catalog.get(Catalog.POLICIES, "other", CatalogPolicy.class)).isEmpty();
    }

    @Test
    @DisplayName("shows neither names nor contents in the store")
    void sealed() throws Exception {
        catalog.put(Catalog.MACHINES, "db-server-17", machine);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString()).doesNotContain("db-server");
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("db-server")
                        .doesNotContain("/dev/sda")
                        .doesNotContain(machine.id());
            }
        }
    }

    @Test
    @DisplayName("writes nothing when nothing is new, and keeps the last two versions")
    void versions() throws Exception {
        for (int i = 0; i < 5; i++) {
            catalog.put("notes", "x", new Note(0, i));
            catalog.put("notes", "x", new Note(0, i));
        }
        assertThat(objects()).hasSize(2);
        assertThat(objects().getLast()).endsWith("/0000000000000005");
        assertThat(catalog.get("notes", "x", Note.class)).contains(new Note(0, 4));
        catalog.remove("notes", "x");
        catalog.remove("notes", "never-there");
        assertThat(catalog.get("notes", "x", Note.class)).isEmpty();
        assertThat(catalog.list("notes", Note.class)).isEmpty();
        catalog.put("notes", "x", new Note(0, 7));
        assertThat(catalog.list("notes", Note.class)).containsOnlyKeys("x");
    }

    @Test
    @DisplayName("stays readable while many write the same document, and ends with the last one's")
    void concurrent() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Object>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int writer = i;
                Callable<Object> write = () -> {
                    Catalog own = new Catalog(store, vault, keys, entropy, InstantSource.system());
                    for (int n = 0; n < 10; n++) {
                        own.put("notes", "x", new Note(writer, n));
                        assertThat(own.get("notes", "x", Note.class)).isPresent();
                    }
                    return writer;
                };
                all.add(threads.submit(write));
            }
            for (Future<Object> writer : all) {
                writer.get();
            }
        }
        assertThat(catalog.get("notes", "x", Note.class).orElseThrow().number()).isEqualTo(9);
    }

    private List<CatalogFault> faults() throws IOException {
        List<CatalogFault> faults = new ArrayList<>();
        catalog.check(faults::add);
        return faults;
    }

    @Test
    @DisplayName("names a document that is damaged or moved, and uses the version before it")
    void damage() throws Exception {
        catalog.put("notes", "x", new Note(0, 1));
        catalog.put("notes", "x", new Note(0, 2));
        Path newest = folder.resolve(objects().getLast());
        Path older = folder.resolve(objects().getFirst());
        byte[] good = Files.readAllBytes(newest);
        Files.write(newest, Files.readAllBytes(older));
        assertThat(faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(CatalogFault.Kind.DAMAGED);
            assertThat(fault.cause()).contains("another version");
            assertThat(fault.id()).contains("x");
        });
        // The version before is better than none.
        assertThat(catalog.get("notes", "x", Note.class)).contains(new Note(0, 1));
        good[50] ^= 1;
        Files.write(newest, good);
        Files.write(older, good);
        assertThatThrownBy(() -> catalog.get("notes", "x", Note.class))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("damaged");
        catalog.put("notes", "y", new Note(1, 1));
        assertThat(catalog.list("notes", Note.class)).containsOnlyKeys("y");
        // Writing it again repairs it.
        catalog.put("notes", "x", new Note(0, 3));
        assertThat(catalog.get("notes", "x", Note.class)).contains(new Note(0, 3));
        assertThatThrownBy(() -> catalog.put("No Kind", "x", List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
