package dev.breakwater.vault.log;

import dev.breakwater.model.Hardware;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import java.time.Instant;
import java.util.List;

/// How a generation ends.
public sealed interface GenerationClose {

    /// Only data: progress becomes durable, nobody can recover to it.
    record Partial() implements GenerationClose {}

    /// A recovery point. Slot and changed bytes are the vault's to say.
    ///
    /// @param id identity
    /// @param time the machine's clock at that instant
    /// @param type what the point promises
    /// @param hardware the machine then; its disks say how large each disk is
    /// @param freezeMillis how long the file systems stood still
    /// @param stallMillis how long a writer may have had to wait in all
    /// @param remarks what an administrator should know
    record Point(
            PointId id,
            Instant time,
            PointType type,
            Hardware hardware,
            long freezeMillis,
            long stallMillis,
            List<String> remarks)
            implements GenerationClose {

        public Point {
            remarks = List.copyOf(remarks);
        }
    }
}
