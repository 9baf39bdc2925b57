package dev.breakwater.vault.check;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import java.util.List;
import java.util.Optional;

/// Something that a check found.
///
/// @param code what it is, for programs
/// @param machine whose part of the vault, if it is a machine's
/// @param disk which disk, if only one suffers
/// @param objectName the object that is wrong, if it is one
/// @param points slots of the recovery points that cannot be recovered entirely, ascending
/// @param message what is wrong, what it affects, and what to do, for people
public record Finding(
        FindingCode code,
        Optional<MachineId> machine,
        Optional<DiskId> disk,
        Optional<String> objectName,
        List<Long> points,
        String message) {

    /// Points that a message names one by one.
    private static final int NAMED_POINTS = 8;

    public Finding {
        points = List.copyOf(points);
    }

    static Finding of(FindingCode code, String message) {
        return new Finding(code, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), message);
    }

    static Finding of(FindingCode code, MachineId machine, String message) {
        return of(code, message).in(machine);
    }

    Finding in(MachineId whose) {
        return new Finding(code, Optional.of(whose), disk, objectName, points, message);
    }

    Finding on(DiskId which) {
        return new Finding(code, machine, Optional.of(which), objectName, points, message);
    }

    Finding object(String name) {
        return new Finding(code, machine, disk, Optional.of(name), points, message);
    }

    /// Adds a slot that is lost.
    Finding at(long slot) {
        return new Finding(code, machine, disk, objectName, List.of(slot), message);
    }

    /// Adds the points, and says in the message which they are.
    Finding hitting(List<Long> slots) {
        return new Finding(code, machine, disk, objectName, slots, message + " " + affected(slots));
    }

    /// How bad it is.
    public Severity severity() {
        return code.severity();
    }

    private static String affected(List<Long> slots) {
        if (slots.isEmpty()) {
            return "No listed recovery point needs it; points yet to come do.";
        }
        List<Long> first = slots.subList(0, Math.min(NAMED_POINTS, slots.size()));
        String more = slots.size() > first.size() ? " and " + (slots.size() - first.size()) + " more" : "";
        return "Affected are the recovery points with slots " + first + more + ".";
    }
}
