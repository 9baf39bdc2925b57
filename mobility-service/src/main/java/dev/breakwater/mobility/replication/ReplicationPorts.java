package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.PointRequest;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.mobility.spool.Spool;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointType;
import dev.breakwater.platform.Entropy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What replication needs of the world.
///
/// @param machine who this is
/// @param memoryFile where replication remembers what it must know after a restart
/// @param captures opens capture of disks
/// @param link reaches process servers
/// @param spool where points wait
/// @param machineFacts describes the machine
/// @param requests makes the request for a point
/// @param answers where results of orders go
/// @param pace bounds how fast a comparison reads
/// @param wake called when something happened that [Replication#step] should look at; from any thread
/// @param entropy where identities come from
/// @param clock time of day
/// @param nanos monotonic nanoseconds
public record ReplicationPorts(
        MachineId machine,
        Path memoryFile,
        Captures captures,
        ProcessServerLink link,
        Spool spool,
        MachineFacts machineFacts,
        PointRequests requests,
        Answers answers,
        ReadPace pace,
        Runnable wake,
        Entropy entropy,
        InstantSource clock,
        LongSupplier nanos) {

    /// Opens capture.
    @FunctionalInterface
    public interface Captures {
        /// Opens capture of these disks; resumes if it can.
        ///
        /// @throws IOException if a disk cannot be captured
        MachineCapture open(List<ProtectedDisk> disks) throws IOException;

        /// Removes what a capture left behind that is not open, if it left anything; nothing unless told otherwise.
        ///
        /// @throws IOException if something of it stays
        default void forget() throws IOException {}
    }

    /// Describes the machine.
    @FunctionalInterface
    public interface MachineFacts {
        /// The machine with these protected disks.
        Hardware hardware(List<DiskDescription> disks);

        /// Makes sure that a disk may be protected: any, if the machine does not say.
        ///
        /// @throws IOException if it is not among those that the machine offers, for people
        default void requireOffered(String device) throws IOException {}
    }

    /// Makes the request for a point.
    public interface PointRequests {
        /// Whether applications can be brought to rest on this machine.
        boolean applicationConsistent();

        /// The request for a point.
        ///
        /// @param runFrozen command to run while frozen; null for none
        PointRequest request(PointType type, @Nullable String runFrozen, Duration timeout);
    }

    /// Where results of orders go. Must not block.
    @FunctionalInterface
    public interface Answers {
        /// Tells a result; delivered at least once.
        void answer(UUID order, OrderResult result);
    }
}
