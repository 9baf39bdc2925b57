package dev.breakwater.vault.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectKind;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.key.VaultKeys;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Documents by kind and id. Each version of a document is an object of its own, `catalog/<kind>/<id,
/// hidden>/<version>`; the newest counts, the one before is kept for a reader that has just listed it.
///
/// Putting a document that says the same again writes nothing, so an outbox may repeat itself. Of two that
/// write the same document at once the later one counts. Safe for several threads and computers.
public final class Catalog {

    /// Machines by their id; see [CatalogMachine].
    public static final String MACHINES = "machines";

    /// Policies by their name; see [CatalogPolicy].
    public static final String POLICIES = "policies";

    /// Kind: how far an audit log went, by the log's identity.
    public static final String AUDIT = "audit";

    /// Versions that are kept of each document.
    private static final int KEPT_VERSIONS = 2;

    /// Writers that may overtake one write of a document before it gives up.
    private static final int MAX_OVERTAKEN = 16;

    /// Readers start anew when the version that they had listed is gone; each time a writer has made two more.
    private static final int MAX_READ_TRIES = 8;

    /// Documents that are read at a time.
    private static final int READERS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    private static final int PAGE = 5_000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private final ObjectStore store;
    private final InstantSource clock;
    private final CatalogSeal seal;

    /// The catalog of a vault that is opened with its keys.
    public Catalog(ObjectStore store, VaultId vault, VaultKeys keys, Entropy entropy, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.seal = new CatalogSeal(vault, keys, entropy);
    }

    /// Writes a document, unless its newest version says the same.
    ///
    /// @param kind small letters and hyphens, for example [#MACHINES]
    /// @param id any text
    /// @param document a record that Jackson can write
    /// @throws StoreException if the store fails; it is then unknown whether the document was written
    public void put(String kind, String id, Object document) throws IOException {
        write(kind, id, JSON.valueToTree(document));
    }

    /// Removes a document: its newest version says that there is none.
    ///
    /// @throws StoreException if the store fails; it is then unknown whether the document was removed
    public void remove(String kind, String id) throws IOException {
        if (!newestVersions(folder(kind, id)).isEmpty()) {
            write(kind, id, NullNode.getInstance());
        }
    }

    /// A document, if there is one.
    ///
    /// @throws StoreException if the store fails
    /// @throws CatalogException if the document is damaged, or is not of that type
    public <T> Optional<T> get(String kind, String id, Class<T> type) throws IOException {
        Optional<CatalogEntry> entry = newest(folder(kind, id));
        if (entry.isEmpty() || entry.get().removed()) {
            return Optional.empty();
        }
        return Optional.of(convert(entry.get(), type));
    }

    /// All documents of a kind by their id, in the order of the ids. Damaged ones are left out: the vault's points
    /// can be recovered without any; `vault check` names them.
    ///
    /// @throws StoreException if the store fails
    /// @throws CatalogException if a document is not of that type
    public <T> Map<String, T> list(String kind, Class<T> type) throws IOException {
        Map<String, T> documents = new TreeMap<>();
        for (CatalogEntry entry : newestOfAll(folders(CatalogSeal.prefix(kind)))) {
            if (!entry.removed()) {
                documents.put(entry.id(), convert(entry, type));
            }
        }
        return Collections.unmodifiableMap(documents);
    }

    /// Each document costs two calls of the store, which in a cloud take long; so several are read at a time.
    private List<CatalogEntry> newestOfAll(List<String> folders) throws IOException {
        List<Future<Optional<CatalogEntry>>> reads = new ArrayList<>();
        List<CatalogEntry> entries = new ArrayList<>();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            folders.forEach(folder -> reads.add(readers.submit(() -> newest(folder))));
            for (Future<Optional<CatalogEntry>> read : reads) {
                readable(read).ifPresent(entries::add);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The catalog was not read to its end: interrupted.");
        }
        return entries;
    }

    private static Optional<CatalogEntry> readable(Future<Optional<CatalogEntry>> read)
            throws IOException, InterruptedException {
        try {
            return read.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CatalogException damage) {
                LOG.warn("A document of the vault is left out: {}", damage.getMessage());
                return Optional.empty();
            }
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("The catalog could not be read.", e);
        }
    }

    private void write(String kind, String id, JsonNode document) throws IOException {
        String folder = folder(kind, id);
        for (int i = 0; i < MAX_OVERTAKEN; i++) {
            List<Long> versions = newestVersions(folder);
            long newest = versions.isEmpty() ? 0 : versions.getLast();
            if (newest > 0 && saysTheSame(folder, newest, document)) {
                return;
            }
            CatalogEntry entry =
                    new CatalogEntry(kind, id, newest + 1, clock.instant().toEpochMilli(), document);
            ByteBuffer object = seal.seal(folder, entry, JSON);
            if (store.putIfAbsent(CatalogSeal.version(folder, newest + 1), List.of(object)) == PutOutcome.CREATED) {
                for (long old : versions.subList(0, Math.max(0, versions.size() + 1 - KEPT_VERSIONS))) {
                    store.delete(CatalogSeal.version(folder, old));
                }
                return;
            }
        }
        throw new StoreException(
                StoreException.Kind.UNAVAILABLE,
                "The document \"" + kind + "\" is written by several others all the time. Try again.");
    }

    private boolean saysTheSame(String folder, long version, JsonNode document) throws IOException {
        try {
            Optional<CatalogEntry> entry = read(folder, version);
            return entry.isPresent() && entry.get().document().equals(document);
        } catch (CatalogException e) {
            LOG.warn("A damaged version of a document is replaced: {}", e.getMessage());
            return false;
        }
    }

    /// What is wrong with the documents.
    ///
    /// @param faults gets each fault when it is found
    /// @throws StoreException if the store fails
    public void check(Consumer<CatalogFault> faults) throws IOException {
        for (String folder : folders(ObjectKind.DOCUMENT.prefix())) {
            check(folder, faults);
        }
    }

    private void check(String folder, Consumer<CatalogFault> faults) throws IOException {
        List<Long> versions = new ArrayList<>();
        Optional<String> known = Optional.empty();
        for (ObjectInfo object : store.list(folder, "", PAGE)) {
            Optional<Long> version = CatalogSeal.findVersion(folder, object.name());
            if (version.isEmpty()) {
                faults.accept(new CatalogFault(CatalogFault.Kind.STRANGE, object.name(), Optional.empty(), ""));
                continue;
            }
            versions.add(version.get());
            try {
                known = read(folder, version.get()).map(CatalogEntry::id);
            } catch (CatalogException e) {
                String cause = String.valueOf(e.getMessage());
                faults.accept(new CatalogFault(CatalogFault.Kind.DAMAGED, object.name(), known, cause));
            }
        }
        // The version before the newest is always kept, so one that is alone tells that another one is missing.
        if (versions.size() == 1 && versions.getFirst() > 1) {
            faults.accept(new CatalogFault(
                    CatalogFault.Kind.MISSING, CatalogSeal.version(folder, versions.getFirst()), known, ""));
        }
    }

    private Optional<CatalogEntry> newest(String folder) throws IOException {
        for (int i = 0; i < MAX_READ_TRIES; i++) {
            List<Long> versions = newestVersions(folder);
            if (versions.isEmpty()) {
                return Optional.empty();
            }
            Optional<CatalogEntry> entry = newest(folder, versions);
            if (entry.isPresent()) {
                return entry;
            }
        }
        throw new StoreException(
                StoreException.Kind.UNAVAILABLE,
                "The catalog's document in \"" + folder + "\" changes faster than it can be read. Try again.");
    }

    /// The newest version that can be read: of a damaged document the one before is better than none.
    private Optional<CatalogEntry> newest(String folder, List<Long> versions) throws IOException {
        @Nullable CatalogException damage = null;
        for (long version : versions.reversed()) {
            try {
                return read(folder, version);
            } catch (CatalogException e) {
                LOG.warn("An older version is used, if there is one: {}", e.getMessage());
                damage = damage == null ? e : damage;
            }
        }
        throw Objects.requireNonNull(damage);
    }

    private Optional<CatalogEntry> read(String folder, long version) throws IOException {
        try {
            return Optional.of(seal.open(folder, version, store.get(CatalogSeal.version(folder, version)), JSON));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The versions that a document has, ascending.
    private List<Long> newestVersions(String folder) throws IOException {
        List<Long> versions = new ArrayList<>();
        for (ObjectInfo object : store.list(folder, "", PAGE)) {
            CatalogSeal.findVersion(folder, object.name()).ifPresent(versions::add);
        }
        return versions;
    }

    private List<String> folders(String prefix) throws StoreException {
        List<String> folders = new ArrayList<>();
        String after = "";
        List<ObjectInfo> page = store.list(prefix, after, PAGE);
        while (!page.isEmpty()) {
            for (ObjectInfo object : page) {
                String folder = object.name().substring(0, object.name().lastIndexOf('/') + 1);
                if (folders.isEmpty() || !folders.getLast().equals(folder)) {
                    folders.add(folder);
                }
            }
            page = page.size() < PAGE
                    ? List.of()
                    : store.list(prefix, page.getLast().name(), PAGE);
        }
        return folders;
    }

    private String folder(String kind, String id) {
        return seal.folder(kind, id);
    }

    private static <T> T convert(CatalogEntry entry, Class<T> type) throws CatalogException {
        try {
            return JSON.treeToValue(entry.document(), type);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new CatalogException(
                    "The catalog's document of the kind \"" + entry.kind()
                            + "\" was written by another version of Breakwater and cannot be understood. Use a newer one.",
                    e);
        }
    }
}
