package dev.breakwater.mobility.service;

import dev.breakwater.mobility.capture.CaptureSettings;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.mobility.replication.ReplicationPorts;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/// Opens capture of this machine's disks. Its state lies in memory, in a folder named for the machine: several services
/// (of several data folders) on one computer do not meet.
///
/// @param machine whose state it is
public record LocalCaptures(MachineId machine) implements ReplicationPorts.Captures {

    private static final String STATE = "breakwater";

    @Override
    public MachineCapture open(List<ProtectedDisk> disks) throws IOException {
        return MachineCapture.open(
                CaptureSettings.usual(
                        CaptureSettings.memoryFolder(STATE).resolve(machine.toString()),
                        "breakwater-" + machine,
                        InstantSource.system(),
                        System::nanoTime,
                        Entropy.system()),
                disks);
    }
}
