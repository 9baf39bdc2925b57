package dev.breakwater.recovery;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// Three points of a machine with two disks; counts what is pinned and open, and fails where a test wants it to.
final class FakePoints implements RecoveryPoints {

    final MachineId machine = new MachineId(UUID.randomUUID());
    final List<RecoveryPoint> points = new ArrayList<>();
    final Map<UUID, Long> pins = new HashMap<>();
    final AtomicInteger open = new AtomicInteger();
    String failAt = "";

    FakePoints() {
        Hardware hardware = new Hardware(
                Hardware.Firmware.BIOS,
                2,
                1 << 30,
                List.of(),
                List.of(
                        new DiskDescription(new DiskId(UUID.randomUUID()), "/dev/sda", 4096, true),
                        new DiskDescription(new DiskId(UUID.randomUUID()), "/dev/sdb", 4096, false)));
        for (int slot = 1; slot <= 3; slot++) {
            points.add(new RecoveryPoint(
                    new PointId(UUID.randomUUID()),
                    machine,
                    slot,
                    Instant.EPOCH,
                    slot == 2 ? PointType.APPLICATION_CONSISTENT : PointType.CRASH_CONSISTENT,
                    hardware,
                    1,
                    2,
                    4096,
                    List.of()));
        }
    }

    private void called(String call) throws IOException {
        if (call.equals(failAt)) {
            throw new IOException(call + " failed on purpose");
        }
    }

    @Override
    public List<RecoveryPoint> points(MachineId of) throws IOException {
        called("points");
        return points;
    }

    @Override
    public void pin(RecoveryPoint point, UUID holder, Duration time) throws IOException {
        called("pin");
        pins.put(holder, point.slot());
    }

    @Override
    public void release(MachineId of, UUID holder) throws IOException {
        called("release");
        pins.remove(holder);
    }

    @Override
    public ReadableDisk open(RecoveryPoint point, DiskId disk) throws IOException {
        called("open");
        open.incrementAndGet();
        return new ReadableDisk() {
            @Override
            public long sizeBytes() {
                return 4096;
            }

            @Override
            public void read(long offset, ByteBuffer target) {
                target.position(target.limit());
            }

            @Override
            public Iterator<ByteRange> allocated() {
                return List.<ByteRange>of().iterator();
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}
