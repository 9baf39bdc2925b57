package dev.breakwater.vault.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.testkit.Fault;
import dev.breakwater.testkit.FaultPlan;
import dev.breakwater.testkit.Seed;
import dev.breakwater.testkit.SimulatedCrash;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The faulty twin of an object store")
class FaultyStoreTest extends ObjectStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected ObjectStore open() throws StoreException {
        return with(FaultPlan.none());
    }

    private FaultyStore with(FaultPlan plan) throws StoreException {
        return new FaultyStore(FolderStore.open(folder, Seed.orUsual(1).entropy()), plan);
    }

    private static List<ByteBuffer> content() {
        return List.of(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    private static void fails(StoreException.Kind kind, FaultyStore store) {
        assertThatThrownBy(() -> store.putIfAbsent("x", content()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    @DisplayName("loses a request, or only its answer")
    void lost() throws StoreException {
        fails(StoreException.Kind.UNAVAILABLE, with(FaultPlan.at(0, Fault.LOST_REQUEST)));
        assertThat(open().size("x")).isEmpty();
        FaultyStore store = with(FaultPlan.at(0, Fault.LOST_ANSWER));
        fails(StoreException.Kind.UNAVAILABLE, store);
        assertThat(open().size("x")).hasValue(3);
        assertThat(store.putIfAbsent("x", content())).isEqualTo(PutOutcome.EXISTS);
        assertThat(store.calls()).isEqualTo(2);
    }

    @Test
    @DisplayName("is full, and refuses")
    void refuses() throws StoreException {
        fails(StoreException.Kind.FULL, with(FaultPlan.at(0, Fault.FULL)));
        fails(StoreException.Kind.REFUSED, with(FaultPlan.at(0, Fault.REFUSED)));
        assertThat(open().size("x")).isEmpty();
    }

    @Test
    @DisplayName("dies before or after a call and stays dead")
    void crashes() throws StoreException {
        FaultyStore before = with(FaultPlan.at(1, Fault.CRASH_BEFORE));
        before.putIfAbsent("x", content());
        assertThatThrownBy(() -> before.putIfAbsent("y", content())).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> before.get("x")).isInstanceOf(SimulatedCrash.class);
        FaultyStore after = with(FaultPlan.at(0, Fault.CRASH_AFTER));
        assertThatThrownBy(() -> after.putIfAbsent("z", content())).isInstanceOf(SimulatedCrash.class);
        assertThat(open().list("", "", 10)).containsExactly(new ObjectInfo("x", 3), new ObjectInfo("z", 3));
    }

    @Test
    @DisplayName("lists without what was made last")
    void stale() throws StoreException {
        FaultyStore store = with(FaultPlan.at(2, Fault.STALE_LIST));
        store.putIfAbsent("x", content());
        store.putIfAbsent("y", content());
        assertThat(store.list("", "", 10)).isEmpty();
        assertThat(store.list("", "", 10)).hasSize(2);
    }

    @Test
    @DisplayName("fails at random, the same for the same seed")
    void seeded() {
        FaultPlan one = FaultPlan.random(new Seed(1), 0.3, List.of(Fault.FULL, Fault.LOST_ANSWER));
        FaultPlan same = FaultPlan.random(new Seed(1), 0.3, List.of(Fault.FULL, Fault.LOST_ANSWER));
        int faults = 0;
        for (int i = 0; i < 1000; i++) {
            Fault fault = one.next("get", "x");
            assertThat(same.next("get", "x")).isEqualTo(fault);
            faults += fault == Fault.NONE ? 0 : 1;
        }
        assertThat(faults).isBetween(250, 350);
    }
}
