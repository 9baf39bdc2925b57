package dev.breakwater.vault.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.testkit.Seed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ObjectStore] must do. Each implementation has a test class that extends this one.
public abstract class ObjectStoreContract {

    private ObjectStore store;

    /// The store under test, empty.
    protected abstract ObjectStore open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII.decode(bytes).toString();
    }

    private PutOutcome put(String name, String content) throws StoreException {
        return store.putIfAbsent(name, List.of(bytes(content)));
    }

    private List<String> names(String prefix, String after, int limit) throws StoreException {
        return store.list(prefix, after, limit).stream().map(ObjectInfo::name).toList();
    }

    @Test
    @DisplayName("gives back what was put, in parts and whole, and does not move the buffers")
    void putAndGet() throws StoreException {
        ByteBuffer first = bytes("xxhello ").position(2);
        ByteBuffer second =
                ByteBuffer.allocateDirect(5).put(bytes("world")).flip().asReadOnlyBuffer();
        assertThat(store.putIfAbsent("a/b/c", List.of(first, second))).isEqualTo(PutOutcome.CREATED);
        assertThat(first.position()).isEqualTo(2);
        assertThat(second.remaining()).isEqualTo(5);
        assertThat(text(store.get("a/b/c"))).isEqualTo("hello world");
        assertThat(store.size("a/b/c")).hasValue(11);
    }

    @Test
    @DisplayName("never changes an object that exists")
    void putIfAbsent() throws StoreException {
        assertThat(put("one", "first")).isEqualTo(PutOutcome.CREATED);
        assertThat(put("one", "second")).isEqualTo(PutOutcome.EXISTS);
        assertThat(put("one", "first")).isEqualTo(PutOutcome.EXISTS);
        assertThat(text(store.get("one"))).isEqualTo("first");
    }

    @Test
    @DisplayName("lets exactly one of many writers of one name win, and keeps the winner's bytes")
    void oneWinner() throws Exception {
        int writers = 8;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            for (int round = 0; round < 5; round++) {
                String name = "race/" + round;
                CyclicBarrier start = new CyclicBarrier(writers);
                List<Future<PutOutcome>> outcomes = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    String content = "writer" + i;
                    Callable<PutOutcome> write = () -> {
                        start.await();
                        return put(name, content);
                    };
                    outcomes.add(threads.submit(write));
                }
                int winner = -1;
                for (int i = 0; i < writers; i++) {
                    if (outcomes.get(i).get() == PutOutcome.CREATED) {
                        assertThat(winner).isNegative();
                        winner = i;
                    }
                }
                assertThat(text(store.get(name))).isEqualTo("writer" + winner);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("keeps objects of every size to the byte")
    @ValueSource(ints = {0, 1, 4095, 65_536, 5_000_001, 17 << 20})
    void sizes(int size) throws StoreException {
        byte[] content = Seed.orUsual(size).entropy().bytes(size);
        int cut = size / 3;
        store.putIfAbsent(
                "big/" + size, List.of(ByteBuffer.wrap(content, 0, cut), ByteBuffer.wrap(content, cut, size - cut)));
        assertThat(store.get("big/" + size)).isEqualTo(ByteBuffer.wrap(content));
        assertThat(store.size("big/" + size)).hasValue(size);
    }

    @Test
    @DisplayName("reads ranges into buffers of any kind and refuses what passes the end")
    void ranges() throws StoreException {
        put("digits", "0123456789");
        ByteBuffer direct = ByteBuffer.allocateDirect(8).position(2).limit(6);
        store.read("digits", 3, direct);
        assertThat(direct.remaining()).isZero();
        assertThat(text(direct.flip().position(2))).isEqualTo("3456");
        ByteBuffer all = ByteBuffer.allocate(10);
        store.read("digits", 0, all);
        assertThat(text(all.flip())).isEqualTo("0123456789");
        store.read("digits", 10, ByteBuffer.allocate(0));
        for (long offset : new long[] {9, 10, 1000}) {
            assertThatThrownBy(() -> store.read("digits", offset, ByteBuffer.allocate(2)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CUT));
        }
    }

    @Test
    @DisplayName("says that an object is not there")
    void notFound() throws StoreException {
        put("there/x", "1");
        for (String name : new String[] {"nothing", "there", "there/y", "there/x/z"}) {
            assertThat(store.size(name)).as(name).isEmpty();
            assertThat(store.delete(name)).as(name).isFalse();
            assertThatThrownBy(() -> store.get(name))
                    .as(name)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
            assertThatThrownBy(() -> store.read(name, 0, ByteBuffer.allocate(1)))
                    .as(name)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
        }
        assertThat(text(store.get("there/x"))).isEqualTo("1");
    }

    @Test
    @DisplayName("deletes once, and takes the name again after")
    void deletes() throws StoreException {
        put("d/x", "1");
        assertThat(store.delete("d/x")).isTrue();
        assertThat(store.delete("d/x")).isFalse();
        assertThat(store.size("d/x")).isEmpty();
        assertThat(names("", "", 10)).isEmpty();
        assertThat(put("d/x", "2")).isEqualTo(PutOutcome.CREATED);
        assertThat(text(store.get("d/x"))).isEqualTo("2");
    }

    @Test
    @DisplayName("lists names in ascending order, whole or page by page, as a sorted map does")
    void listing() throws StoreException {
        Random random = Seed.orUsual(3).random();
        String letters = "ab0-._/";
        TreeMap<String, Long> model = new TreeMap<>();
        while (model.size() < 60) {
            StringBuilder name = new StringBuilder();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                name.append(letters.charAt(random.nextInt(letters.length())));
            }
            boolean usable = name.toString().matches("[a-z0-9_-][a-z0-9._-]*(/[a-z0-9_-][a-z0-9._-]*)*")
                    && model.keySet().stream()
                            .noneMatch(other -> other.startsWith(name + "/")
                                    || name.toString().startsWith(other + "/"));
            if (usable && put(name.toString(), "x".repeat(name.length())) == PutOutcome.CREATED) {
                model.put(name.toString(), (long) name.length());
            }
        }
        for (String prefix : new String[] {"", "a", "a/", "b-", "0", "zzz", "a/b"}) {
            List<String> expected =
                    model.keySet().stream().filter(n -> n.startsWith(prefix)).toList();
            assertThat(names(prefix, "", 5000)).as("prefix %s", prefix).isEqualTo(expected);
            for (int limit : new int[] {1, 7}) {
                List<String> paged = new ArrayList<>();
                List<ObjectInfo> page = store.list(prefix, "", limit);
                while (!page.isEmpty()) {
                    assertThat(page).hasSizeLessThanOrEqualTo(limit);
                    page.forEach(entry -> {
                        paged.add(entry.name());
                        assertThat(entry.size()).isEqualTo(model.get(entry.name()));
                    });
                    page = store.list(prefix, page.getLast().name(), limit);
                }
                assertThat(paged).as("prefix %s by %d", prefix, limit).isEqualTo(expected);
            }
        }
        for (ObjectInfo entry : store.list("", "", 7)) {
            assertThat(names("", entry.name(), 7))
                    .as("after %s of an earlier page", entry.name())
                    .isEqualTo(model.tailMap(entry.name(), false).keySet().stream()
                            .limit(7)
                            .toList());
        }
        for (String after : new String[] {"a", "a/", "a-", "b0", "zz"}) {
            assertThat(names("", after, 5000))
                    .as("after %s", after)
                    .isEqualTo(List.copyOf(model.tailMap(after, false).keySet()));
        }
    }

    @ParameterizedTest
    @DisplayName("takes no name that could mean something else somewhere")
    @ValueSource(
            strings = {"", "/", "/a", "a/", "a//b", "../x", "a/../b", ".hidden", "a/.b", "A", "a b", "ä", "a\\b", "a%2f"
            })
    void badNames(String name) {
        assertThatThrownBy(() -> put(name, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.get(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("shows a put at once to another opening of the same store")
    void sharedAtOnce() throws Exception {
        try (ObjectStore other = open()) {
            put("shared/x", "1");
            assertThat(text(other.get("shared/x"))).isEqualTo("1");
            assertThat(other.list("shared/", "", 10)).containsExactly(new ObjectInfo("shared/x", 1));
            assertThat(other.putIfAbsent("shared/x", List.of(bytes("2")))).isEqualTo(PutOutcome.EXISTS);
        }
    }
}
