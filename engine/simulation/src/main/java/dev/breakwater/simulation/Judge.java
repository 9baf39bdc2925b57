package dev.breakwater.simulation;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the vault as a stranger with the recovery key would, past all faults, and compares.
final class Judge {

    private final Vault vault;
    private final MachineId machineId;
    private final ProtectedMachine machine;
    private final Set<PointId> verified = new HashSet<>();
    private long newestDurable;
    private long turn;

    Judge(Vault vault, MachineId machineId, ProtectedMachine machine) {
        this.vault = vault;
        this.machineId = machineId;
        this.machine = machine;
    }

    /// A process server has told the machine that its points are in the vault, up to this slot.
    void durable(RecoveryPoint point) {
        newestDurable = Math.max(newestDurable, point.slot());
    }

    int verified() {
        return verified.size();
    }

    /// Every point that was not looked at before is what the disks were.
    void look() {
        read(Again.NONE);
    }

    /// Half of the points that the vault lists are still what the disks were; next time, the others.
    void lookAgainByTurns() {
        turn++;
        read(Again.HALF);
    }

    /// Every point that the vault lists is still what the disks were.
    List<RecoveryPoint> lookAgain() {
        return read(Again.ALL);
    }

    private enum Again {
        NONE,
        HALF,
        ALL
    }

    private boolean isDue(RecoveryPoint point, Again again) {
        return verified.add(point.id())
                || switch (again) {
                    case NONE -> false;
                    case HALF -> (point.slot() + turn) % 2 == 0;
                    case ALL -> true;
                };
    }

    private List<RecoveryPoint> read(Again again) {
        try (MachineReader reader = MachineReader.open(
                new MachineVault(vault.store(), vault.id(), vault.keyRing().existing(machineId)))) {
            List<RecoveryPoint> points = reader.points();
            if (points.stream().map(RecoveryPoint::id).distinct().count() != points.size()) {
                throw new AssertionError("Two points have the same identity: " + points);
            }
            if (newestDurable > (points.isEmpty() ? 0 : points.getLast().slot())) {
                throw new AssertionError("The point of slot " + newestDurable
                        + ", which the machine was told to be durable, is not in the vault");
            }
            for (RecoveryPoint point : points) {
                if (isDue(point, again)) {
                    compare(reader, point);
                }
            }
            return points;
        } catch (IOException e) {
            throw new AssertionError("The vault cannot be read: " + e.getMessage(), e);
        }
    }

    private void compare(MachineReader reader, RecoveryPoint point) throws IOException {
        if (point.hardware().disks().size() != machine.content().size()) {
            throw new AssertionError("Point " + point.id() + " has not all disks");
        }
        for (DiskDescription disk : point.hardware().disks()) {
            byte[] was = machine.at(point.time(), disk.name());
            byte[] stored = content(reader, point, disk);
            int at = Arrays.mismatch(was, stored);
            if (at >= 0) {
                throw new AssertionError("Point " + point.id() + " of slot " + point.slot() + " differs from "
                        + disk.name() + " at byte " + at + " (block " + at / ProtectedMachine.BLOCK + ")");
            }
        }
    }

    private static byte[] content(MachineReader reader, RecoveryPoint point, DiskDescription disk) throws IOException {
        try (ReadableDisk opened = reader.disk(point.id(), disk.id())) {
            ByteBuffer target = ByteBuffer.allocate(Math.toIntExact(disk.sizeBytes()));
            opened.read(0, target);
            return target.array();
        }
    }

    /// The newest point is what the disks are now.
    boolean newestIsNow() {
        List<RecoveryPoint> points = read(Again.NONE);
        if (points.isEmpty()) {
            return false;
        }
        for (Map.Entry<String, byte[]> disk : machine.content().entrySet()) {
            if (!Arrays.equals(disk.getValue(), machine.at(points.getLast().time(), disk.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
