package dev.breakwater.launcher.vault;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.recovery.RecoveryPoints;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.pin.Pin;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Gives recovery what it needs of a vault.
public final class VaultRecoveryPoints implements RecoveryPoints {

    private final Vault vault;
    private final Map<UUID, Pin> pins = new ConcurrentHashMap<>();

    /// Of this vault, which stays the caller's to close.
    public VaultRecoveryPoints(Vault vault) {
        this.vault = vault;
    }

    @Override
    public List<RecoveryPoint> points(MachineId machine) throws IOException {
        try (MachineReader reader = reader(machine)) {
            return reader.points();
        }
    }

    @Override
    public void pin(RecoveryPoint point, UUID holder, Duration time) throws IOException {
        Pin held = pins.get(holder);
        pins.put(
                holder,
                held == null
                        ? vault.pins().pin(point.machine(), point.slot(), time)
                        : vault.pins().renew(held, time));
        try (MachineReader reader = reader(point.machine())) {
            if (reader.point(point.id()).isEmpty()) {
                throw new IOException("Point " + point.id() + " was pruned before it could be pinned. Choose another.");
            }
        }
    }

    @Override
    public void release(MachineId machine, UUID holder) throws IOException {
        Pin held = pins.remove(holder);
        if (held != null) {
            vault.pins().release(held);
        }
    }

    @Override
    public ReadableDisk open(RecoveryPoint point, DiskId disk) throws IOException {
        MachineReader reader = reader(point.machine());
        try {
            return new OwnedDisk(reader, reader.disk(point.id(), disk));
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private MachineReader reader(MachineId machine) throws IOException {
        return MachineReader.open(
                new MachineVault(vault.store(), vault.id(), vault.keyRing().existing(machine)));
    }

    /// A disk that closes the reader it came from.
    private record OwnedDisk(MachineReader reader, ReadableDisk disk) implements ReadableDisk {

        @Override
        public long sizeBytes() {
            return disk.sizeBytes();
        }

        @Override
        public void read(long offset, ByteBuffer target) throws IOException {
            disk.read(offset, target);
        }

        @Override
        public Iterator<ByteRange> allocated() throws IOException {
            return disk.allocated();
        }

        @Override
        public void close() throws IOException {
            try {
                disk.close();
            } finally {
                reader.close();
            }
        }
    }
}
