package dev.breakwater.mobility.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.platform.Entropy;
import dev.breakwater.wire.Message.PointMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A spool")
class SpoolQuotaTest {

    private static final long QUOTA_BYTES = 100_000;
    private static final UUID INCARNATION = new UUID(1, 1);
    private static final List<ProtectedDisk> DISKS = List.of(
            new ProtectedDisk(new DiskId(new UUID(2, 1)), "/dev/one", 1 << 20),
            new ProtectedDisk(new DiskId(new UUID(2, 2)), "/dev/two", 1 << 20));

    @TempDir
    Path folder;

    @Test
    @DisplayName("stays within its quota, also with points that change nothing")
    void quota() throws Exception {
        Spool spool = Spool.open(folder, QUOTA_BYTES, InstantSource.system(), Entropy.system());
        assertThatThrownBy(() -> {
                    while (spool.bytes() <= QUOTA_BYTES) {
                        addEmptyPoint(spool);
                    }
                })
                .isInstanceOf(SpoolFullException.class);
        assertThat(spool.bytes()).isPositive().isLessThanOrEqualTo(QUOTA_BYTES);
        assertThat(spool.count()).isPositive();
    }

    private static void addEmptyPoint(Spool spool) throws IOException {
        long generation = spool.count() + 1L;
        try (SpoolWriter writer = spool.begin(INCARNATION, generation, generation - 1, DISKS)) {
            SpooledPoint _ = writer.commit(
                    0,
                    new PointMetadata(
                            new PointId(new UUID(3, generation)),
                            PointType.CRASH_CONSISTENT,
                            Instant.EPOCH,
                            new Hardware(Hardware.Firmware.BIOS, 1, 1 << 30, List.of(), List.of()),
                            0,
                            0,
                            List.of()));
        }
    }
}
