package dev.breakwater.vault.log;

import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.VaultId;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.key.MachineKeys;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// How fast a writer takes data: digests, compression, sealing, bookkeeping; segments are thrown away. Run by hand:
/// `java -cp … dev.breakwater.vault.log.WriterBenchmark [FILE]`.
final class WriterBenchmark {

    private static final int PIECE = 256 << 10;

    private WriterBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        byte[] image = arguments.length > 0 ? Files.readAllBytes(Path.of(arguments[0])) : mixed();
        var entropy = new Seed(1).entropy();
        DiskId disk = new DiskId(UUID.randomUUID());
        MachineKeys keys = new MachineKeys(
                new MachineId(UUID.randomUUID()),
                FrameKey.of(entropy.bytes(32)),
                Map.of(disk, FrameKey.of(entropy.bytes(32))));
        MemoryStore store = new MemoryStore();
        MachineVault vault = new MachineVault(store, new VaultId(UUID.randomUUID()), keys);
        SegmentSink nowhere = (name, content) -> CompletableFuture.completedFuture(null);
        try (MachineWriter writer = MachineWriter.open(
                vault,
                nowhere,
                SealingThreads.caller(),
                Runnable::run,
                entropy,
                java.time.InstantSource.system(),
                WriterLimits.DEFAULT)) {
            for (int piece : new int[] {PIECE, PIECE, PIECE, 64 << 10, 4 << 10}) {
                for (int round = 0; round < 4; round++) {
                    long from = System.nanoTime();
                    long cpuFrom = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    GenerationWriter open = writer.begin(new UUID(1, 1), 1 + round);
                    long data = 0;
                    for (int at = 0; at + piece <= image.length; at += piece) {
                        ByteBuffer raw = ByteBuffer.wrap(image, at, piece);
                        open.write(disk, at, raw);
                        data += piece;
                    }
                    DurableSlot slot =
                            open.commit(new GenerationClose.Partial()).join();
                    double seconds = (System.nanoTime() - from) / 1e9;
                    double cpu = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuFrom) / 1e9;
                    System.out.printf(
                            "pieces of %7d: %6.0f MB/s, %6.0f MB per second of processor, stored %.2f of it%n",
                            piece, data / 1e6 / seconds, data / 1e6 / cpu, (double) slot.storedBytes() / data);
                }
            }
        }
    }

    /// A third text-like, a third random, a third sparse structures: about what a root file system holds.
    private static byte[] mixed() {
        byte[] image = new byte[256 << 20];
        Random random = new Random(1);
        for (int at = 0; at < image.length; at += PIECE) {
            byte[] piece = new byte[PIECE];
            switch (random.nextInt(3)) {
                case 0 -> random.nextBytes(piece);
                case 1 -> {
                    for (int i = 0; i < PIECE; i++) {
                        piece[i] = (byte) "etaoin shrdlu".charAt(random.nextInt(13));
                    }
                }
                default -> {
                    for (int i = 0; i < PIECE; i += 64) {
                        piece[i] = (byte) random.nextInt();
                    }
                }
            }
            System.arraycopy(piece, 0, image, at, PIECE);
        }
        return image;
    }
}
