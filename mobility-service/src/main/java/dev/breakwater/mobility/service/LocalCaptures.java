package dev.breakwater.mobility.service;

import dev.breakwater.mobility.capture.CaptureSettings;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.mobility.replication.ReplicationPorts;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens capture of this machine's disks. Its state lies in memory, in a folder named for the machine: several services
/// (of several data folders) on one computer do not meet.
///
/// @param machine whose state it is
public record LocalCaptures(MachineId machine) implements ReplicationPorts.Captures {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCaptures.class);

    private static final String STATE = "breakwater";

    @Override
    public MachineCapture open(List<ProtectedDisk> disks) throws IOException {
        return MachineCapture.open(settings(), disks);
    }

    @Override
    public void forget() throws IOException {
        CaptureSettings settings = settings();
        MachineCapture.forget(settings);
        try {
            Files.deleteIfExists(CaptureSettings.memoryFolder(STATE));
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("Other mobility services of this computer keep their state beside: {}", e.getMessage());
        }
    }

    private CaptureSettings settings() throws IOException {
        return CaptureSettings.usual(
                CaptureSettings.memoryFolder(STATE).resolve(machine.toString()),
                "breakwater-" + machine,
                InstantSource.system(),
                System::nanoTime,
                Entropy.system());
    }
}
