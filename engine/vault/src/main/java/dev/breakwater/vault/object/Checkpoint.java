package dev.breakwater.vault.object;

import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.index.IndexFormatException;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.VarReader;
import dev.breakwater.vault.index.VarWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// All that the slots up to some one say together, so that these slots need not be read any more.
///
/// @param sequence its number, from 1
/// @param time the maintainer's clock, for people and for the grace period
/// @param slot the last slot that it covers
/// @param slotHash hash of that slot's document: the chain starts anew here
/// @param incarnation of that slot
/// @param generation of that slot
/// @param newestPoint the recovery point that this slot is, if it is one
/// @param points the live points, oldest first
/// @param retiring points that are no longer listed but still whole; the next checkpoint drops them, or lists them
///     again if someone has pinned them meanwhile
/// @param prunedPoints how many points were ever pruned
/// @param runs the maps, those of a disk newest first
/// @param slotObjects covered slots whose objects still hold frames of data
/// @param deletions objects that nothing needs any more
/// @param extentsAtCompaction extents of all runs after the last compaction
/// @param slotAtCompaction last covered slot at the last compaction
public record Checkpoint(
        long sequence,
        Instant time,
        long slot,
        DocumentHash slotHash,
        UUID incarnation,
        long generation,
        Optional<PointId> newestPoint,
        List<RecoveryPoint> points,
        List<RecoveryPoint> retiring,
        long prunedPoints,
        List<Run> runs,
        List<Long> slotObjects,
        List<Deletion> deletions,
        long extentsAtCompaction,
        long slotAtCompaction) {

    private static final int VERSION = 1;

    public Checkpoint {
        points = List.copyOf(points);
        retiring = List.copyOf(retiring);
        runs = List.copyOf(runs);
        slotObjects = List.copyOf(slotObjects);
        deletions = List.copyOf(deletions);
    }

    /// An object to be deleted.
    ///
    /// @param object which
    /// @param recorded when that was written down; deleted after the grace period from then
    public record Deletion(ObjectRef object, Instant recorded) {}

    /// Writes the document.
    public VarWriter encode(MachineId machine) {
        VarWriter target = new VarWriter(64 * 1024);
        target.u8(VERSION).uuid(machine.uuid()).varint(sequence).varint(time.toEpochMilli());
        target.varint(slot);
        slotHash.write(target);
        target.uuid(incarnation).varint(generation).u8(newestPoint.isPresent() ? 1 : 0);
        newestPoint.ifPresent(id -> target.uuid(id.uuid()));
        target.varint(prunedPoints).varint(extentsAtCompaction).varint(slotAtCompaction);
        target.varint(points.size());
        points.forEach(point -> PointCodec.write(point, target));
        target.varint(retiring.size());
        retiring.forEach(point -> PointCodec.write(point, target));
        target.varint(runs.size());
        runs.forEach(run -> run.write(target));
        target.varint(slotObjects.size());
        slotObjects.forEach(target::varint);
        target.varint(deletions.size());
        for (Deletion deletion : deletions) {
            deletion.object().write(target);
            target.varint(deletion.recorded().toEpochMilli());
        }
        return target;
    }

    /// Reads a checkpoint.
    ///
    /// @param size the object's size, as a listing said
    /// @throws DamagedObjectException if the object is not what it must be
    public static Checkpoint read(FrameAccess access, long sequence, long size) throws IOException {
        ObjectRef object = ObjectRef.checkpoint(sequence);
        DocumentLayout.Document document = DocumentLayout.read(access, object, size);
        String name = object.name(access.machine());
        try {
            Checkpoint read = decode(access.machine(), new VarReader(document.content(), "checkpoint " + name));
            if (read.sequence != sequence) {
                throw new DamagedObjectException(
                        name,
                        "The object " + name + " holds the checkpoint " + read.sequence + ": someone copied it there.");
            }
            return read;
        } catch (IndexFormatException e) {
            throw new DamagedObjectException(name, String.valueOf(e.getMessage()), e);
        }
    }

    private static Checkpoint decode(MachineId machine, VarReader source) throws IndexFormatException {
        int version = source.u8();
        if (version != VERSION) {
            throw source.damaged(
                    "its version is " + version + ", this program knows " + VERSION + "; a newer program wrote it");
        }
        UUID owner = source.uuid();
        if (!owner.equals(machine.uuid())) {
            throw source.damaged("it is of the machine " + owner);
        }
        long sequence = source.varint(Long.MAX_VALUE);
        Instant time = Instant.ofEpochMilli(source.varint(Long.MAX_VALUE));
        long slot = source.varint(Long.MAX_VALUE);
        DocumentHash slotHash = DocumentHash.read(source);
        UUID incarnation = source.uuid();
        long generation = source.varint(Long.MAX_VALUE);
        Optional<PointId> newest = source.u8() == 1 ? Optional.of(new PointId(source.uuid())) : Optional.empty();
        long pruned = source.varint(Long.MAX_VALUE);
        long extentsAtCompaction = source.varint(Long.MAX_VALUE);
        long slotAtCompaction = source.varint(Long.MAX_VALUE);
        List<RecoveryPoint> points = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            points.add(PointCodec.read(machine, source));
        }
        List<RecoveryPoint> retiring = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            retiring.add(PointCodec.read(machine, source));
        }
        List<Run> runs = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            runs.add(Run.read(source));
        }
        List<Long> slotObjects = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            slotObjects.add(source.varint(Long.MAX_VALUE));
        }
        List<Deletion> deletions = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            deletions.add(new Deletion(ObjectRef.read(source), Instant.ofEpochMilli(source.varint(Long.MAX_VALUE))));
        }
        source.end();
        return new Checkpoint(
                sequence,
                time,
                slot,
                slotHash,
                incarnation,
                generation,
                newest,
                points,
                retiring,
                pruned,
                runs,
                slotObjects,
                deletions,
                extentsAtCompaction,
                slotAtCompaction);
    }
}
