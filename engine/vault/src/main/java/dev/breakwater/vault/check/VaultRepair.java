package dev.breakwater.vault.check;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.log.GenerationClose;
import dev.breakwater.vault.log.GenerationWriter;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.SealingThreads;
import dev.breakwater.vault.log.SegmentSinks;
import dev.breakwater.vault.log.WriterLimits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/// Lets the source repair what a check found damaged in the newest state of its disks.
///
/// The repair closes a generation of an incarnation of its own, without a recovery point, in which the damaged ranges
/// are zeros. So the newest state can be read again, is nobody's recovery point, and is not the one that the machine
/// left: when it next connects it compares its disks with the vault and sends what differs, which is what was
/// damaged. Points that were there before stay as they are. A process server that writes the log meanwhile is fenced
/// and opens it anew.
public final class VaultRepair {

    /// Ranges of one machine that are remembered; what is beyond them is found by the next check.
    private static final int MAX_RANGES = 1_000_000;

    private static final Comparator<ByteRange> BY_OFFSET =
            Comparator.comparingLong(ByteRange::offset).thenComparingLong(ByteRange::length);

    private final Map<MachineId, Map<DiskId, SortedSet<ByteRange>>> damaged = new TreeMap<>();
    private int ranges;

    /// Remembers a range that a check reported.
    public void add(MachineId machine, DiskId disk, ByteRange range) {
        if (ranges < MAX_RANGES
                && damaged.computeIfAbsent(machine, ignored -> new TreeMap<>())
                        .computeIfAbsent(disk, ignored -> new TreeSet<>(BY_OFFSET))
                        .add(range)) {
            ranges++;
        }
    }

    /// Writes a slot for each machine with damage.
    ///
    /// @return the slot of each
    /// @throws IOException if the vault cannot be written; machines before that are done, and repeating is harmless
    public Map<MachineId, Long> run(Vault vault, Entropy entropy, InstantSource clock)
            throws IOException, InterruptedException {
        Map<MachineId, Long> slots = new TreeMap<>();
        for (Map.Entry<MachineId, Map<DiskId, SortedSet<ByteRange>>> machine : damaged.entrySet()) {
            MachineVault part =
                    new MachineVault(vault.store(), vault.id(), vault.keyRing().existing(machine.getKey()));
            slots.put(machine.getKey(), mark(part, machine.getValue(), entropy, clock));
        }
        return slots;
    }

    private static long mark(
            MachineVault part, Map<DiskId, SortedSet<ByteRange>> disks, Entropy entropy, InstantSource clock)
            throws IOException, InterruptedException {
        try (MachineWriter writer = MachineWriter.open(
                part,
                SegmentSinks.direct(part.store()),
                SealingThreads.caller(),
                Runnable::run,
                entropy,
                clock,
                WriterLimits.DEFAULT)) {
            GenerationWriter generation = writer.begin(entropy.uuid(), 1);
            for (Map.Entry<DiskId, SortedSet<ByteRange>> disk : disks.entrySet()) {
                for (ByteRange range : disk.getValue()) {
                    generation.zero(disk.getKey(), range);
                }
            }
            return generation.commit(new GenerationClose.Partial()).join().slot();
        } catch (CompletionException e) {
            throw new IOException("The log of machine " + part.machine() + " could not be written.", e.getCause());
        }
    }
}
