package dev.breakwater.launcher.bench;

import dev.breakwater.launcher.vault.OpenVault;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.log.GenerationClose;
import dev.breakwater.vault.log.GenerationWriter;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.SealingThreads;
import dev.breakwater.vault.log.SegmentSinks;
import dev.breakwater.vault.log.WriterLimits;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import dev.breakwater.vault.maintenance.PinnedPoints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A machine in a vault that was copied once and has thousands of points since, each of which changed single blocks all
/// over a part of its disk: what a database leaves behind after two weeks.
///
/// @param machine the machine
/// @param disk its only disk
/// @param sizeBytes size of the disk
/// @param baseBytes what was copied once and never changed, from the start of the disk on
/// @param points how many
/// @param changes blocks that points changed, in all
record DeepLog(MachineId machine, DiskId disk, long sizeBytes, long baseBytes, int points, long changes) {

    private static final int BLOCK = Blocks.BLOCK_BYTES;
    private static final int PIECE = Blocks.MAX_PIECE_BYTES;

    /// Half of what a file system holds compresses to a half; this does.
    private static final int RANDOM_BYTES = BLOCK / 2;

    /// All points within the two hours in which retention keeps every one.
    private static final Duration BETWEEN_POINTS = Duration.ofMillis(1500);

    private static final Duration RETENTION = Duration.ofDays(3);

    /// As a process server looks after a machine, but not after each eighth point: the result is the same.
    private static final int POINTS_BETWEEN_MAINTENANCE = 64;

    private static final int UNDER_WAY = 8;

    /// Writes it.
    static DeepLog write(OpenVault vault, long baseBytes, int points, int changesPerPoint) throws Exception {
        long size = baseBytes * 16;
        DeepLog log = new DeepLog(
                new MachineId(UUID.randomUUID()),
                new DiskId(UUID.randomUUID()),
                size,
                baseBytes,
                points,
                (long) points * changesPerPoint);
        MachineVault machine = new MachineVault(
                vault.vault().store(),
                vault.vault().id(),
                vault.vault().keyRing().machineKeys(log.machine, Set.of(log.disk)));
        Instant[] now = {Instant.now().minus(BETWEEN_POINTS.multipliedBy(points))};
        try (SealingThreads sealing = SealingThreads.of(
                        Runtime.getRuntime().availableProcessors(),
                        Thread.ofPlatform().daemon().name("sealing-", 0).factory());
                MachineWriter writer = MachineWriter.open(
                        machine,
                        SegmentSinks.direct(machine.store()),
                        sealing,
                        Runnable::run,
                        Entropy.system(),
                        () -> now[0],
                        WriterLimits.DEFAULT)) {
            MachineMaintenance maintenance = MachineMaintenance.of(
                    machine, Entropy.system(), () -> now[0], PinnedPoints.NONE, MaintenanceLimits.DEFAULT);
            log.copyBase(writer);
            SplittableRandom random = new SplittableRandom(1);
            List<CompletableFuture<?>> commits = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                commits.add(log.point(writer, i, changesPerPoint, random, now[0]));
                now[0] = now[0].plus(BETWEEN_POINTS);
                if (commits.size() == UNDER_WAY || i % POINTS_BETWEEN_MAINTENANCE == 0) {
                    CompletableFuture.allOf(commits.toArray(CompletableFuture[]::new))
                            .get();
                    commits.clear();
                }
                if (i % POINTS_BETWEEN_MAINTENANCE == 0 || i == points - 1) {
                    maintenance.run(RETENTION);
                }
            }
        }
        return log;
    }

    private void copyBase(MachineWriter writer) throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        GenerationWriter open = writer.begin(new UUID(1, 1), 1);
        byte[] piece = new byte[PIECE];
        for (long at = 0; at < baseBytes; at += PIECE) {
            for (int block = 0; block < PIECE; block += BLOCK) {
                fill(piece, block, random);
            }
            open.write(disk, at, ByteBuffer.wrap(piece.clone()), () -> {});
        }
        open.commit(new GenerationClose.Partial()).get();
    }

    private CompletableFuture<?> point(
            MachineWriter writer, int number, int changes, SplittableRandom random, Instant time)
            throws IOException, InterruptedException {
        GenerationWriter open = writer.begin(new UUID(1, 1), 2 + number);
        byte[] block = new byte[BLOCK];
        long first = baseBytes / BLOCK;
        for (int i = 0; i < changes; i++) {
            fill(block, 0, random);
            open.write(disk, random.nextLong(first, sizeBytes / BLOCK) * BLOCK, ByteBuffer.wrap(block.clone()));
        }
        return open.commit(new GenerationClose.Point(
                new PointId(UUID.randomUUID()), time, PointType.CRASH_CONSISTENT, hardware(), 0, 0, List.of()));
    }

    private static void fill(byte[] target, int at, SplittableRandom random) {
        for (int i = 0; i < RANDOM_BYTES; i += Long.BYTES) {
            ByteBuffer.wrap(target).putLong(at + i, random.nextLong());
        }
    }

    private Hardware hardware() {
        return new Hardware(
                Hardware.Firmware.BIOS,
                2,
                4L << 30,
                List.of(),
                List.of(new DiskDescription(disk, "/dev/sda", sizeBytes, true)));
    }

    /// What it is, for people.
    Map<String, Object> description() {
        return Map.of("diskBytes", sizeBytes, "baseBytes", baseBytes, "points", points, "changedBlocks", changes);
    }
}
