package dev.breakwater.mobility.replication;

import dev.breakwater.control.ControlJson;
import dev.breakwater.mobility.spool.SpooledPoint;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.PointId;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.wire.Message.LastDurable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What replication must still know after a restart. Losing it costs a resynchronisation, never data: it says of
/// which disks vault and dirty map together hold everything, and against which state of the vault that was found.
final class ReplicationMemory {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationMemory.class);

    /// @param incarnation the stretch of tracking that the rest is about
    /// @param slot the vault's newest slot when it was synchronised, -1 if the vault had none
    /// @param disks those that were synchronised
    /// @param durable newest generation known to be durable, 0 if none
    /// @param steady whether a first recovery point became durable or was spooled since
    /// @param comparing the disk whose comparison is under way, if one is
    /// @param comparedBytes how far that disk has been compared with that slot; what differed is dirty
    /// @param newestPoint newest durable recovery point
    /// @param newestPointTime its time
    /// @param newestSlot newest slot of the vault's log that this machine was told is durable, 0 if none: a witness
    record State(
            @Nullable UUID incarnation,
            long slot,
            Set<DiskId> disks,
            long durable,
            boolean steady,
            @Nullable DiskId comparing,
            long comparedBytes,
            @Nullable PointId newestPoint,
            @Nullable Instant newestPointTime,
            long newestSlot) {

        State {
            disks = disks == null ? Set.of() : Set.copyOf(disks);
        }

        static final State NONE = new State(null, -1, Set.of(), 0, false, null, 0, null, null, 0);
    }

    private final Path file;
    private volatile State state;

    private ReplicationMemory(Path file, State state) {
        this.file = file;
        this.state = state;
    }

    static ReplicationMemory open(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new ReplicationMemory(file, State.NONE);
        }
        try {
            return new ReplicationMemory(file, ControlJson.read(file, State.class));
        } catch (IOException e) {
            LOG.warn("{} cannot be understood; the disks will be compared with the vault by digest.", file, e);
            return new ReplicationMemory(file, State.NONE);
        }
    }

    State state() {
        return state;
    }

    boolean covers(UUID incarnation, Set<DiskId> disks) {
        return incarnation.equals(state.incarnation()) && state.disks().containsAll(disks);
    }

    /// Whether the vault is in the state that this machine left: no older one, and nobody else's.
    boolean trusts(Optional<LastDurable> vault) {
        if (vault.isPresent() && vault.get().incarnation().equals(state.incarnation())) {
            return vault.get().generation() >= state.durable();
        }
        return asWhenSynchronised(vault);
    }

    /// Whether the vault has the generation on which a spooled point rests.
    boolean restsOnVault(SpooledPoint point, Optional<LastDurable> vault) {
        if (vault.isPresent() && vault.get().incarnation().equals(point.incarnation())) {
            return vault.get().generation() >= point.base();
        }
        return point.base() == 0 && point.incarnation().equals(state.incarnation()) && asWhenSynchronised(vault);
    }

    private boolean asWhenSynchronised(Optional<LastDurable> vault) {
        return state.durable() == 0
                && state.slot() == vault.map(LastDurable::slot).orElse(-1L);
    }

    /// Whether the vault has lost slots of which this machine was told that they are durable: it was rolled back,
    /// or is damaged. Said once for each loss; nothing counts as synchronised then.
    Optional<String> lossIn(Optional<LastDurable> vault) throws IOException {
        long slot = vault.map(LastDurable::slot).orElse(0L);
        if (slot >= state.newestSlot()) {
            return Optional.empty();
        }
        String loss = "The vault has lost recovery points: its newest slot of this machine is " + slot + ", but slot "
                + state.newestSlot()
                + " was durable. It was rolled back, or its newest objects are damaged or gone. The"
                + " disks are compared with it, and new points are whole; look at it with `vault check`.";
        save(new State(
                state.incarnation(),
                state.slot(),
                state.disks(),
                state.durable(),
                state.steady(),
                state.comparing(),
                state.comparedBytes(),
                state.newestPoint(),
                state.newestPointTime(),
                slot));
        return Optional.of(loss);
    }

    /// The disk is synchronised in that incarnation.
    void synchronised(UUID incarnation, long slot, Set<DiskId> disks) throws IOException {
        boolean same = incarnation.equals(state.incarnation());
        var all = new TreeSet<DiskId>(disks);
        if (same) {
            all.addAll(state.disks());
        }
        save(new State(
                incarnation,
                slot,
                all,
                same ? state.durable() : 0,
                false,
                null,
                0,
                state.newestPoint(),
                state.newestPointTime(),
                state.newestSlot()));
    }

    /// So much of a disk has been compared with the vault as it was at that slot.
    void compared(UUID incarnation, long slot, DiskId disk, long bytes) throws IOException {
        boolean same = incarnation.equals(state.incarnation());
        save(new State(
                incarnation,
                slot,
                same ? state.disks() : Set.of(),
                same ? state.durable() : 0,
                false,
                disk,
                bytes,
                state.newestPoint(),
                state.newestPointTime(),
                state.newestSlot()));
    }

    /// Where the comparison of a disk goes on: 0 unless an earlier one got further against the same state of the vault.
    long comparedBytes(UUID incarnation, long slot, DiskId disk) {
        boolean goesOn =
                incarnation.equals(state.incarnation()) && slot == state.slot() && disk.equals(state.comparing());
        return goesOn ? state.comparedBytes() : 0;
    }

    /// Nothing is known to be synchronised any more.
    void forgetSynchronised() throws IOException {
        save(new State(
                null,
                -1,
                Set.of(),
                0,
                false,
                null,
                0,
                state.newestPoint(),
                state.newestPointTime(),
                state.newestSlot()));
    }

    /// @param slot where it is in the vault's log
    void durable(UUID incarnation, long generation, long slot, @Nullable PointId point, @Nullable Instant time)
            throws IOException {
        boolean same = incarnation.equals(state.incarnation());
        save(new State(
                state.incarnation(),
                state.slot(),
                state.disks(),
                same ? Math.max(state.durable(), generation) : state.durable(),
                state.steady() || (same && point != null),
                state.comparing(),
                state.comparedBytes(),
                point != null ? point : state.newestPoint(),
                point != null ? time : state.newestPointTime(),
                Math.max(state.newestSlot(), slot)));
    }

    void durable(SpooledPoint spooled, long slot) throws IOException {
        durable(
                spooled.incarnation(),
                spooled.generation(),
                slot,
                spooled.point().id(),
                spooled.point().time());
    }

    void clear() throws IOException {
        save(State.NONE);
    }

    private void save(State next) throws IOException {
        if (next.equals(state)) {
            return;
        }
        SecretFile.write(file, ControlJson.mapper().writeValueAsBytes(next));
        state = next;
    }
}
