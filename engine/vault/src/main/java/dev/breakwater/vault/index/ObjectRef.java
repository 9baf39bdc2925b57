package dev.breakwater.vault.index;

import dev.breakwater.model.MachineId;
import dev.breakwater.vault.blob.ObjectKind;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/// An object of a machine that holds frames.
///
/// @param kind which sort of object
/// @param high 0, or the first half of a segment's random name
/// @param low a slot, a checkpoint's number, or the second half of a segment's name
public record ObjectRef(Kind kind, long high, long low) {

    /// The sorts of objects that hold frames.
    public enum Kind {
        /// A slot of the log.
        POINT(0, ObjectKind.POINT),
        /// Nothing but frames.
        SEGMENT(1, ObjectKind.SEGMENT),
        /// A merged index.
        CHECKPOINT(2, ObjectKind.CHECKPOINT);

        private final int code;
        private final String folder;

        Kind(int code, ObjectKind kind) {
            this.code = code;
            this.folder = kind.prefix();
        }

        /// What the names of a machine's objects of this sort begin with.
        public String prefix(MachineId machine) {
            return folder + machine + "/";
        }
    }

    /// The same in every process, which an enum's own is not: sets of these are walked through when a checkpoint is
    /// written, and the same work must write the same bytes.
    @Override
    public int hashCode() {
        return 31 * (31 * kind.code + Long.hashCode(high)) + Long.hashCode(low);
    }

    /// The object of a slot.
    public static ObjectRef point(long slot) {
        return new ObjectRef(Kind.POINT, 0, slot);
    }

    /// A checkpoint's object.
    public static ObjectRef checkpoint(long sequence) {
        return new ObjectRef(Kind.CHECKPOINT, 0, sequence);
    }

    /// A segment.
    public static ObjectRef segment(UUID name) {
        return new ObjectRef(Kind.SEGMENT, name.getMostSignificantBits(), name.getLeastSignificantBits());
    }

    /// The object's name in the store.
    public String name(MachineId machine) {
        HexFormat hex = HexFormat.of();
        String last = hex.toHexDigits(low);
        return kind.prefix(machine) + (kind == Kind.SEGMENT ? hex.toHexDigits(high) + last : last);
    }

    /// The opposite of [#name]; refuses what this program would not have made.
    ///
    /// @throws IllegalArgumentException if it is no name of an object of this sort
    public static ObjectRef parse(Kind kind, MachineId machine, String name) {
        String prefix = kind.prefix(machine);
        int digits = kind == Kind.SEGMENT ? 32 : 16;
        if (!name.startsWith(prefix) || name.length() != prefix.length() + digits) {
            throw new IllegalArgumentException("not the name of an object of this machine: " + name);
        }
        String rest = name.substring(prefix.length());
        long low = HexFormat.fromHexDigitsToLong(rest.substring(digits - 16));
        return new ObjectRef(kind, digits == 32 ? HexFormat.fromHexDigitsToLong(rest.substring(0, 16)) : 0, low);
    }

    /// The same for names that may be anybody's.
    ///
    /// @return nothing if it is no name of an object of this sort
    public static Optional<ObjectRef> find(Kind kind, MachineId machine, String name) {
        try {
            ObjectRef object = parse(kind, machine, name);
            return object.name(machine).equals(name) ? Optional.of(object) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Writes the reference.
    public void write(VarWriter target) {
        target.u8(kind.code);
        if (kind == Kind.SEGMENT) {
            target.u64(high).u64(low);
        } else {
            target.varint(low);
        }
    }

    /// Reads a reference.
    public static ObjectRef read(VarReader source) throws IndexFormatException {
        int kind = source.u8();
        return switch (kind) {
            case 0 -> point(source.varint(Long.MAX_VALUE));
            case 1 -> new ObjectRef(Kind.SEGMENT, source.u64(), source.u64());
            case 2 -> checkpoint(source.varint(Long.MAX_VALUE));
            default -> throw source.damaged("there is no kind of object " + kind);
        };
    }
}
