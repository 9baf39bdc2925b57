package dev.breakwater.model;

import java.time.Instant;
import java.util.List;

/// An instant to which a machine can be recovered.
///
/// @param id identity
/// @param machine whose point it is
/// @param slot place in the machine's log in the vault; a later point has a larger slot. Order comes from here.
/// @param time the machine's clock at that instant, for people
/// @param type what it promises
/// @param hardware the machine then
/// @param freezeMillis how long the file systems stood still, milliseconds
/// @param stallMillis how long a writer may have had to wait in all, milliseconds
/// @param changedBytes how much changed since the point before
/// @param remarks what an administrator should know, for example that active swap is left out; never secret
public record RecoveryPoint(
        PointId id,
        MachineId machine,
        long slot,
        Instant time,
        PointType type,
        Hardware hardware,
        long freezeMillis,
        long stallMillis,
        long changedBytes,
        List<String> remarks) {

    public RecoveryPoint {
        if (slot < 0 || freezeMillis < 0 || stallMillis < 0 || changedBytes < 0) {
            throw new IllegalArgumentException("recovery point " + id + " has a negative slot, duration or size");
        }
        remarks = List.copyOf(remarks);
    }
}
