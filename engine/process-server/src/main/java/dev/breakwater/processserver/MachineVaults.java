package dev.breakwater.processserver;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.processserver.upload.UploadQueue;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;

/// The vault as a process server needs it: machine by machine, with that machine's keys and no others.
public interface MachineVaults extends AutoCloseable {

    /// Opens a vault that the configuration server named.
    @FunctionalInterface
    interface Opener {

        /// Opens the vault.
        ///
        /// @throws IOException if the location cannot be understood or the vault not be reached
        MachineVaults open(Assignments.VaultAccess access) throws IOException;
    }

    /// Opens a machine's log for writing; its segments go through the queue.
    ///
    /// @param segmentBytes how large segments are to be
    /// @throws IOException if the log cannot be read or is damaged
    MachineWriter writer(MachineKeys keys, UploadQueue uploads, int segmentBytes)
            throws IOException, InterruptedException;

    /// Opens a machine's log for reading.
    ///
    /// @throws IOException if the log cannot be read or is damaged
    MachineReader reader(MachineKeys keys) throws IOException, InterruptedException;

    /// What keeps a machine's part of the vault small.
    ///
    /// @throws IOException if the log cannot be read or is damaged
    MachineMaintenance maintenance(MachineKeys keys) throws IOException, InterruptedException;

    /// Gives connections back. Writers, readers and uploads that still run may fail.
    @Override
    void close();
}
