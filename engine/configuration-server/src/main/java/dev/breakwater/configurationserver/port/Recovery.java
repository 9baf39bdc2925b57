package dev.breakwater.configurationserver.port;

import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Starts machines from recovery points. Calls may be repeated with the same job after a crash: they go on or begin
/// anew, and leave nothing twice.
public interface Recovery {

    /// Starts a machine in an isolated network and looks whether it comes up. The test machine stays until clean-up.
    ///
    /// @return what was seen; a machine that does not come up is a result, not an exception
    /// @throws IOException if it could not even be tried
    TestFailoverResult testFailover(TestOrder order, StepListener steps) throws IOException, InterruptedException;

    /// Removes everything that the test failover of that job made. Nothing to remove is success.
    void cleanUp(UUID testJob, MachineId machine, StepListener steps) throws IOException, InterruptedException;

    /// The picture (PNG) that the test failover of that job took of its machine's screen; nothing if it took none.
    ///
    /// @throws IOException if it cannot be read
    Optional<byte[]> screenshot(UUID testJob) throws IOException;

    /// What is asked for.
    ///
    /// @param job identity of this test
    /// @param machine whose point it is
    /// @param machineName what people call that
    /// @param disks its disks in the vault
    /// @param point where to start from
    /// @param probeHttp what must answer over HTTP, as `PORT:PATH`
    /// @param probeSerial a text that must appear on the serial console
    /// @param timeout how long the machine may take to come up
    /// @param orderedAt when the administrator asked, from where the RTO counts
    record TestOrder(
            UUID job,
            MachineId machine,
            String machineName,
            List<DiskId> disks,
            RecoveryPoint point,
            @Nullable String probeHttp,
            @Nullable String probeSerial,
            Duration timeout,
            Instant orderedAt) {

        public TestOrder {
            disks = List.copyOf(disks);
        }
    }

    /// Hears how it goes.
    interface StepListener {

        /// A step has begun; the one before is done.
        ///
        /// @param name stable word, for example `start-machine`
        /// @param title for people
        void began(String name, String title);
    }
}
