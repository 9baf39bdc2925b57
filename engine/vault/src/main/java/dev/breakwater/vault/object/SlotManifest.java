package dev.breakwater.vault.object;

import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.index.IndexFormatException;
import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.index.Run;
import dev.breakwater.vault.index.VarReader;
import dev.breakwater.vault.index.VarWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a slot of a machine's log says.
///
/// @param slot its place, from 1
/// @param incarnation the change tracking's life
/// @param generation its number in that life
/// @param previousHash hash of the document of the slot before, [DocumentHash#NONE] for slot 1
/// @param changedBytes bytes of disk that it covers
/// @param inlineData whether the slot's object holds frames of data itself
/// @param point the recovery point, if it is one
/// @param runs a map for each disk that changed
/// @param segments the segments that its frames lie in
public record SlotManifest(
        long slot,
        UUID incarnation,
        long generation,
        DocumentHash previousHash,
        long changedBytes,
        boolean inlineData,
        Optional<RecoveryPoint> point,
        List<Run> runs,
        List<ObjectRef> segments) {

    private static final int VERSION = 1;

    public SlotManifest {
        runs = List.copyOf(runs);
        segments = List.copyOf(segments);
    }

    /// Writes the document.
    public VarWriter encode(MachineId machine) {
        VarWriter target = new VarWriter(4096);
        target.u8(VERSION).uuid(machine.uuid()).varint(slot).uuid(incarnation).varint(generation);
        previousHash.write(target);
        target.varint(changedBytes).u8(inlineData ? 1 : 0);
        target.u8(point.isPresent() ? 1 : 0);
        point.ifPresent(p -> PointCodec.write(p, target));
        target.varint(runs.size());
        runs.forEach(run -> run.write(target));
        target.varint(segments.size());
        segments.forEach(segment -> segment.write(target));
        return target;
    }

    /// A slot as it lies in the vault.
    ///
    /// @param manifest what it says
    /// @param hash hash of its document
    public record Stored(SlotManifest manifest, DocumentHash hash) {}

    /// Reads a slot.
    ///
    /// @param size the object's size, as a listing said
    /// @throws DamagedObjectException if the object is not what it must be
    public static Stored read(FrameAccess access, long slot, long size) throws IOException {
        ObjectRef object = ObjectRef.point(slot);
        DocumentLayout.Document document = DocumentLayout.read(access, object, size);
        String name = object.name(access.machine());
        try {
            SlotManifest manifest = decode(access.machine(), new VarReader(document.content(), "slot " + name));
            if (manifest.slot != slot) {
                throw new DamagedObjectException(
                        name, "The object " + name + " holds the slot " + manifest.slot + ": someone copied it there.");
            }
            return new Stored(manifest, document.hash());
        } catch (IndexFormatException e) {
            throw new DamagedObjectException(name, String.valueOf(e.getMessage()), e);
        }
    }

    private static SlotManifest decode(MachineId machine, VarReader source) throws IndexFormatException {
        int version = source.u8();
        if (version != VERSION) {
            throw source.damaged(
                    "its version is " + version + ", this program knows " + VERSION + "; a newer program wrote it");
        }
        UUID owner = source.uuid();
        if (!owner.equals(machine.uuid())) {
            throw source.damaged("it is of the machine " + owner);
        }
        long slot = source.varint(Long.MAX_VALUE);
        UUID incarnation = source.uuid();
        long generation = source.varint(Long.MAX_VALUE);
        DocumentHash previousHash = DocumentHash.read(source);
        long changedBytes = source.varint(Long.MAX_VALUE);
        boolean inlineData = source.u8() == 1;
        Optional<RecoveryPoint> point =
                source.u8() == 1 ? Optional.of(PointCodec.read(machine, source)) : Optional.empty();
        List<Run> runs = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            runs.add(Run.read(source));
        }
        List<ObjectRef> segments = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            segments.add(ObjectRef.read(source));
        }
        source.end();
        return new SlotManifest(
                slot, incarnation, generation, previousHash, changedBytes, inlineData, point, runs, segments);
    }
}
