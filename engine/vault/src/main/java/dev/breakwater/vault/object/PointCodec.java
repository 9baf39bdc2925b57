package dev.breakwater.vault.object;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.index.IndexFormatException;
import dev.breakwater.vault.index.VarReader;
import dev.breakwater.vault.index.VarWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How a recovery point is written in a document.
final class PointCodec {

    private PointCodec() {}

    static void write(RecoveryPoint point, VarWriter target) {
        target.uuid(point.id().uuid()).varint(point.slot());
        Instant time = point.time();
        target.signed(time.getEpochSecond()).varint(time.getNano());
        target.u8(
                switch (point.type()) {
                    case CRASH_CONSISTENT -> 0;
                    case APPLICATION_CONSISTENT -> 1;
                    case FILE_SYSTEM_EQUIVALENT -> 2;
                });
        target.varint(point.freezeMillis()).varint(point.stallMillis()).varint(point.changedBytes());
        target.varint(point.remarks().size());
        point.remarks().forEach(target::text);
        writeHardware(point.hardware(), target);
    }

    static RecoveryPoint read(MachineId machine, VarReader source) throws IndexFormatException {
        PointId id = new PointId(source.uuid());
        long slot = source.varint(Long.MAX_VALUE);
        Instant time;
        try {
            time = Instant.ofEpochSecond(source.signed(), source.varint(999_999_999L));
        } catch (DateTimeException e) {
            throw source.damaged("a time is impossible");
        }
        int code = source.u8();
        PointType type = switch (code) {
            case 0 -> PointType.CRASH_CONSISTENT;
            case 1 -> PointType.APPLICATION_CONSISTENT;
            case 2 -> PointType.FILE_SYSTEM_EQUIVALENT;
            default -> throw source.damaged("there is no type of point " + code);
        };
        long freeze = source.varint(Long.MAX_VALUE);
        long stall = source.varint(Long.MAX_VALUE);
        long changed = source.varint(Long.MAX_VALUE);
        List<String> remarks = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            remarks.add(source.text());
        }
        return new RecoveryPoint(id, machine, slot, time, type, readHardware(source), freeze, stall, changed, remarks);
    }

    private static void writeHardware(Hardware hardware, VarWriter target) {
        target.u8(hardware.firmware() == Hardware.Firmware.UEFI ? 1 : 0)
                .varint(hardware.cpus())
                .varint(hardware.memoryBytes())
                .varint(hardware.networkCards().size());
        for (Hardware.NetworkCard card : hardware.networkCards()) {
            target.text(card.name()).text(card.macAddress());
        }
        target.varint(hardware.disks().size());
        for (DiskDescription disk : hardware.disks()) {
            target.uuid(disk.id().uuid())
                    .text(disk.name())
                    .varint(disk.sizeBytes())
                    .u8(disk.boot() ? 1 : 0);
        }
    }

    private static Hardware readHardware(VarReader source) throws IndexFormatException {
        Hardware.Firmware firmware = source.u8() == 1 ? Hardware.Firmware.UEFI : Hardware.Firmware.BIOS;
        int cpus = source.varint(Integer.MAX_VALUE);
        long memory = source.varint(Long.MAX_VALUE);
        List<Hardware.NetworkCard> cards = new ArrayList<>();
        for (int left = source.count(); left > 0; left--) {
            cards.add(new Hardware.NetworkCard(source.text(), source.text()));
        }
        List<DiskDescription> disks = new ArrayList<>();
        try {
            for (int left = source.count(); left > 0; left--) {
                disks.add(new DiskDescription(
                        new DiskId(source.uuid()), source.text(), source.varint(Long.MAX_VALUE), source.u8() == 1));
            }
        } catch (IllegalArgumentException e) {
            throw source.damaged(String.valueOf(e.getMessage()));
        }
        if (cpus < 1) {
            throw source.damaged("a machine has no processor");
        }
        return new Hardware(firmware, cpus, memory, cards, disks);
    }
}
