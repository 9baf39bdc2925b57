package dev.breakwater.mobility.replication;

import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.DiskId;
import dev.breakwater.wire.Message.LastDurable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes every disk dirty where the vault lacks something: by comparison, or as a whole where the vault has nothing of
/// it. Disks of which vault and dirty map together hold everything already are not looked at. What was compared is
/// remembered, so that a lost connection or a restart of the program goes on there.
final class Resynchronisation {

    private static final Logger LOG = LoggerFactory.getLogger(Resynchronisation.class);

    private final ReadPace pace;
    private final ReplicationMemory memory;
    private final Progress progress;
    private final Link link;

    Resynchronisation(ReadPace pace, ReplicationMemory memory, Progress progress, Link link) {
        this.pace = pace;
        this.memory = memory;
        this.progress = progress;
        this.link = link;
    }

    /// Does so for all disks.
    ///
    /// @return whether all that was looked at could be read; what could not is dirty
    /// @throws IOException if a disk cannot be read at all or the connection dies; a later call goes on
    boolean run(MachineCapture capture) throws IOException, InterruptedException {
        var connection = link.require();
        var vault = connection.lastDurable();
        long slot = vault.map(LastDurable::slot).orElse(-1L);
        var synchroniser = new Synchroniser(capture, connection, progress, pace);
        progress.initial(vault.isEmpty());
        progress.comparing(vault.isPresent());
        try {
            for (int i = 0; i < capture.disks().size(); i++) {
                var disk = capture.disks().get(i);
                if (!memory.covers(capture.incarnation(), Set.of(disk.id()))) {
                    var course = new Course(capture.incarnation(), slot, disk.id());
                    var marked = vault.isEmpty()
                            ? OptionalLong.empty()
                            : synchroniser.compare(disk, i, course.comparedBytes(), course);
                    done(capture, disk, marked, vault);
                    memory.synchronised(capture.incarnation(), slot, Set.of(disk.id()));
                }
            }
        } finally {
            progress.comparing(false);
        }
        return synchroniser.unreadableRegions() == 0;
    }

    private void done(MachineCapture capture, ProtectedDisk disk, OptionalLong marked, Optional<LastDurable> vault)
            throws IOException {
        if (marked.isPresent()) {
            LOG.info("{} differs from the vault in {} bytes.", disk.device(), marked.getAsLong());
            return;
        }
        progress.initial(true);
        capture.markAllocated(disk.id());
        progress.begin(disk.id(), capture.dirtyBytes(disk.id()));
        LOG.info(
                "Initial replication of {}: {} bytes; the vault has {}",
                disk.device(),
                capture.dirtyBytes(disk.id()),
                vault);
    }

    /// The comparison of one disk: ends with the connection, remembers how far it has got.
    private final class Course implements Synchroniser.Course {
        private final UUID incarnation;
        private final long slot;
        private final DiskId disk;

        Course(UUID incarnation, long slot, DiskId disk) {
            this.incarnation = incarnation;
            this.slot = slot;
            this.disk = disk;
        }

        long comparedBytes() {
            return memory.comparedBytes(incarnation, slot, disk);
        }

        @Override
        public void check() throws LinkException {
            link.requireOpen();
        }

        @Override
        public void reached(long bytes) throws IOException {
            memory.compared(incarnation, slot, disk, bytes);
        }
    }
}
