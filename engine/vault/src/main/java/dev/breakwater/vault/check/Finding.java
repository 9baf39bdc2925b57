package dev.breakwater.vault.check;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import java.util.List;

/// Something that a check found. Each class is one thing that can be wrong.
public sealed interface Finding {

    /// How bad it is.
    Severity severity();

    /// Whose part of the vault.
    MachineId machine();

    /// What is wrong, what it affects, and what to do; one or two sentences.
    String message();

    /// The finding's name, for programs: the class's.
    default String kind() {
        return getClass().getSimpleName();
    }

    /// Recovery points that cannot be recovered entirely, in words.
    private static String affected(List<Long> slots) {
        if (slots.isEmpty()) {
            return "No listed recovery point needs it; points yet to come do.";
        }
        List<Long> first = slots.subList(0, Math.min(8, slots.size()));
        String more = slots.size() > first.size() ? " and " + (slots.size() - first.size()) + " more" : "";
        return "Affected are the recovery points with slots " + first + more + ".";
    }

    /// The machine's keys cannot be read or opened.
    ///
    /// @param cause why
    record KeysUnreadable(MachineId machine, String cause) implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return "The keys of machine " + machine + " cannot be read, so none of its points can be: " + cause;
        }
    }

    /// A slot of the log is gone, though later ones are there.
    ///
    /// @param slot which
    /// @param objectName its object
    record SlotMissing(MachineId machine, long slot, String objectName) implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return "The object " + objectName + " is missing. Slot " + slot + " of machine " + machine
                    + " and all later ones cannot be recovered; restore the object from a copy of the vault.";
        }
    }

    /// A slot's object is cut, changed, or another one.
    ///
    /// @param slot which
    /// @param objectName its object
    /// @param cause what is wrong with it
    record SlotDamaged(MachineId machine, long slot, String objectName, String cause) implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return cause + " Slot " + slot + " of machine " + machine
                    + " and all later ones cannot be recovered; restore the object from a copy of the vault.";
        }
    }

    /// A slot does not follow the one before it.
    ///
    /// @param slot which
    /// @param objectName its object
    record ChainBroken(MachineId machine, long slot, String objectName) implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return "The object " + objectName + " is authentic, but follows another slot than the one in the vault:"
                    + " someone has exchanged or rolled back objects of machine " + machine + ". Slot " + slot
                    + " and later ones cannot be trusted.";
        }
    }

    /// The newest checkpoint cannot be read.
    ///
    /// @param objectName its object
    /// @param cause what is wrong with it
    record CheckpointDamaged(MachineId machine, String objectName, String cause) implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return cause + " No point of machine " + machine
                    + " can be opened; restore the object from a copy of the vault.";
        }
    }

    /// A page of the index is missing or damaged.
    ///
    /// @param disk whose map
    /// @param objectName the object that should hold it
    /// @param offset where in the object
    /// @param cause what is wrong with it
    record PageDamaged(MachineId machine, DiskId disk, String objectName, long offset, String cause)
            implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return "A page of the map of disk " + disk + " of machine " + machine + " in the object " + objectName
                    + " at byte " + offset + " cannot be read: " + cause + " Parts of the disk are lost at all points.";
        }
    }

    /// An object that holds data is gone.
    ///
    /// @param disk whose data
    /// @param objectName the object
    /// @param points slots of the points that need it
    record ObjectMissing(MachineId machine, DiskId disk, String objectName, List<Long> points) implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return "The object " + objectName + " with data of disk " + disk + " of machine " + machine
                    + " is missing. " + affected(points);
        }
    }

    /// An object that holds data is shorter than it must be.
    ///
    /// @param disk whose data
    /// @param objectName the object
    /// @param points slots of the points that need what is gone
    record ObjectCut(MachineId machine, DiskId disk, String objectName, List<Long> points) implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return "The object " + objectName + " with data of disk " + disk + " of machine " + machine + " is cut. "
                    + affected(points);
        }
    }

    /// A frame of data does not open.
    ///
    /// @param disk whose data
    /// @param objectName the object that holds it
    /// @param offset where in the object
    /// @param points slots of the points that need it
    /// @param cause what is wrong with it
    record FrameDamaged(MachineId machine, DiskId disk, String objectName, long offset, List<Long> points, String cause)
            implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return "Data of disk " + disk + " of machine " + machine + " in the object " + objectName + " at byte "
                    + offset + " are damaged: " + cause + " " + affected(points);
        }
    }

    /// A frame opens, but a block in it has another digest than the index says.
    ///
    /// @param disk whose data
    /// @param block number of the block of 4 KiB
    /// @param objectName the object that holds it
    /// @param points slots of the points that need it
    record DigestMismatch(MachineId machine, DiskId disk, long block, String objectName, List<Long> points)
            implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return "Block " + block + " of disk " + disk + " of machine " + machine + " in the object " + objectName
                    + " is not what was written: a program that wrote the vault was broken. " + affected(points);
        }
    }

    /// The vault is older than someone knows it to have been.
    ///
    /// @param slot newest slot in the vault
    /// @param witness newest slot that someone knows to have been durable
    record RolledBack(MachineId machine, long slot, long witness) implements Finding {
        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }

        @Override
        public String message() {
            return "The newest slot of machine " + machine + " in the vault is " + slot + ", but slot " + witness
                    + " is known to have been durable: the vault was rolled back, or has lost its newest objects.";
        }
    }

    /// A segment that nothing names: what an interrupted writer leaves. Maintenance collects it.
    ///
    /// @param objectName the object
    /// @param bytes its size
    record OrphanSegment(MachineId machine, String objectName, long bytes) implements Finding {
        @Override
        public Severity severity() {
            return Severity.INFO;
        }

        @Override
        public String message() {
            return "The object " + objectName + " (" + bytes + " bytes) belongs to no slot: an interrupted writer left"
                    + " it, or one is writing it now. Maintenance deletes it after a day.";
        }
    }

    /// An object whose name nobody would have given it.
    ///
    /// @param objectName the object
    record StrangeObject(MachineId machine, String objectName) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "The object " + objectName + " has a name that Breakwater does not give. It is left alone.";
        }
    }
}
