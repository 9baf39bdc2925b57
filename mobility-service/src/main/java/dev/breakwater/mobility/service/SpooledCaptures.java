package dev.breakwater.mobility.service;

import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.OwnFiles;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.mobility.discovery.BlockDevices;
import dev.breakwater.mobility.discovery.LinuxDisks;
import dev.breakwater.mobility.replication.ReplicationPorts;
import dev.breakwater.mobility.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens capture so that a spool on one of the captured disks does not feed itself: its room is got beforehand and its
/// blocks are left out.
///
/// @param captures opens capture
/// @param spool whose folder may lie on a captured disk
record SpooledCaptures(ReplicationPorts.Captures captures, Spool spool) implements ReplicationPorts.Captures {

    private static final Logger LOG = LoggerFactory.getLogger(SpooledCaptures.class);

    @Override
    public MachineCapture open(List<ProtectedDisk> disks) throws IOException {
        var capture = captures.open(disks);
        try {
            capture.leaveOut(arrange(disks));
            return capture;
        } catch (IOException | RuntimeException e) {
            capture.close();
            throw e;
        }
    }

    @Override
    public void forget() throws IOException {
        captures.forget();
        spool.giveUpReserve();
    }

    private OwnFiles arrange(List<ProtectedDisk> disks) throws IOException {
        var machine = new LinuxDisks();
        Path folder = spool.folder().toRealPath();
        var devices = disks.stream().map(ProtectedDisk::device).toList();
        String number = machine.numberOfFileSystem(folder);
        boolean onProtected = machine.fileSystemsOn(devices).stream()
                .anyMatch(fileSystem -> fileSystem.device().equals(number));
        if (!onProtected) {
            spool.giveUpReserve();
            return OwnFiles.NONE;
        }
        try {
            if (!isOnOneOf(machine.placeOfFixedFiles(folder.toString()), devices)) {
                throw new IOException(
                        "its blocks on the disk are not known: the file system is not ext4 or xfs directly"
                                + " on the disk or a partition of it");
            }
            long bytes = spool.reserve();
            LOG.info("The spool in {} lies on a protected disk; it got {} bytes beforehand.", folder, bytes);
            return new Reserved(spool, folder);
        } catch (IOException e) {
            LOG.warn(
                    "The spool in {} lies on a protected disk and cannot be left out of it: {}",
                    folder,
                    e.getMessage());
            spool.giveUpReserve();
            return new NotReserved(
                    "The spool in " + folder + " lies on a protected disk and cannot be left out of it, so"
                            + " what is spooled is spooled and sent again as a change of that disk. Give the mobility service a"
                            + " --data folder on another disk. Cause: " + e.getMessage());
        }
    }

    private static boolean isOnOneOf(Optional<BlockDevices.Place> place, List<String> devices) throws IOException {
        for (String device : devices) {
            var disk = BlockDevices.place(device);
            if (place.isPresent()
                    && disk.isPresent()
                    && disk.get().disk().equals(place.get().disk())) {
                return true;
            }
        }
        return false;
    }

    /// The spool's room.
    private record Reserved(Spool spool, Path folder) implements OwnFiles {
        @Override
        public List<Path> list() throws IOException {
            return spool.reservedFiles();
        }

        @Override
        public String remark(long leftOutBytes) {
            return "The spool in " + folder + " lies on a protected disk. Its " + (leftOutBytes >> 20)
                    + " MiB, got beforehand, are neither tracked nor sent: on a recovered disk these blocks hold zeros or"
                    + " what was there earlier. No other file is touched by that.";
        }
    }

    /// A spool that feeds itself.
    private record NotReserved(String text) implements OwnFiles {
        @Override
        public List<Path> list() {
            return List.of();
        }

        @Override
        public String remark(long leftOutBytes) {
            return text;
        }
    }
}
