package dev.breakwater.mobility.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.mobility.consistency.FrozenCommand;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.ByteRange;
import dev.breakwater.platform.Entropy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("try")
@DisplayName("Under load, with discards, a point")
class ExactUnderLoadTest {

    private static final int ROUNDS = Integer.getInteger("breakwater.exact.rounds", 11);

    /// Longer than the rounds take on a computer that is busy with other things.
    private static final int LOAD_SECONDS = 300 + 30 * ROUNDS;

    @ParameterizedTest(name = "equals a copy taken while frozen: {0} in {1}, mounted with {2}")
    @DisplayName("equals a copy taken while frozen")
    @CsvSource({"ext4, /var/tmp, discard", "xfs, /dev/shm, discard", "xfs, /var/tmp, defaults"})
    void equalsFrozenCopy(String type, Path parent, String options) throws Exception {
        LoopDisk.require("fio", "mkfs." + type, "fstrim", "dd");
        // xfs writes so much in memory, and so slowly on a disk, that its rounds take longer.
        int rounds = type.equals("ext4") ? ROUNDS : parent.startsWith("/dev/shm") ? ROUNDS / 2 : ROUNDS / 4;
        Path work = Files.createTempDirectory(Path.of("/dev/shm"), "breakwater-exact-");
        List<Long> stalls = new ArrayList<>();
        List<Long> freezes = new ArrayList<>();
        int equivalent = 0;
        int discarded = 0;
        try (LoopDisk loop = LoopDisk.create(parent, type.equals("xfs") ? 320L << 20 : 144L << 20, type, options)) {
            ProtectedDisk disk = loop.disk();
            Replica replica = new Replica(work, List.of(disk));
            MachineCapture capture = MachineCapture.open(settings(work.resolve("state")), List.of(disk));
            try (Load load = Load.start(loop.mountPoint(), LOAD_SECONDS, true)) {
                capture.markAllocated(disk.id());
                while (capture.copyPass(replica, 64 << 20) > 16 << 20) {
                    assertThat(capture.loss()).isEmpty();
                }
                capture.durable(capture.cutPartial().generation());
                for (int round = 0; round < rounds; round++) {
                    capture.copyPass(replica, Long.MAX_VALUE);
                    Path copy = work.resolve("copy");
                    var request = PointRequest.crashConsistent()
                            .whileFrozen(
                                    new FrozenCommand(
                                            "dd if=" + disk.device() + " of=" + copy
                                                    + " bs=1M iflag=direct status=none",
                                            Duration.ofSeconds(20)),
                                    Duration.ofSeconds(20));
                    ClosedGeneration.Point point = capture.closePoint(replica, request);
                    capture.durable(point.generation());
                    stalls.add(point.stallMillis());
                    freezes.add(point.freezeMillis());
                    discarded += point.discards().isEmpty() ? 0 : 1;
                    equivalent += point.type() == request.type() ? 0 : 1;
                    assertOnlyDiscardsDiffer(replica.differences(disk, copy), point, round);
                    assertThat(load.alive()).as("the load runs on").isTrue();
                }
            } finally {
                capture.forget();
                replica.close();
            }
        } finally {
            stalls.sort(null);
            System.out.println(type + " in " + parent + ": stall ms " + stalls + " freeze " + freezes
                    + ", equivalent only " + equivalent + ", discards under the copy in " + discarded + " of "
                    + rounds);
            LoopDisk.sh("rm -rf " + work);
        }
    }

    private static void assertOnlyDiscardsDiffer(List<Long> blocks, ClosedGeneration.Point point, int round) {
        for (long block : blocks) {
            ByteRange range = new ByteRange(block * Blocks.BLOCK_BYTES, Blocks.BLOCK_BYTES);
            assertThat(point.discards())
                    .as("block " + block + " differs in round " + round + ", one of " + blocks.size() + "; " + point)
                    .anyMatch(discard -> discard.range().overlaps(range));
        }
    }

    static CaptureSettings settings(Path folder) {
        return CaptureSettings.usual(
                folder,
                "bw-test-" + UUID.randomUUID().toString().substring(0, 8),
                InstantSource.system(),
                System::nanoTime,
                Entropy.system());
    }
}
