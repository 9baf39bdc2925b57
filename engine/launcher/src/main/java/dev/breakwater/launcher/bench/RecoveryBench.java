package dev.breakwater.launcher.bench;

import dev.breakwater.launcher.process.Program;
import dev.breakwater.launcher.process.RunningProgram;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.vault.OpenVault;
import dev.breakwater.model.Blocks;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.FolderStore;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Opens a vault with thousands of points, and reads a point in their middle over NBD.
@Command(
        name = "recovery",
        description =
                "Makes a vault with a machine that has thousands of points and a scattered disk, counts what opening"
                        + " it takes, and reads a point in the middle over NBD from a program of its own.")
final class RecoveryBench implements Callable<Integer> {

    /// What is promised, see the README.
    private static final long CALLS = 20;

    private static final double OPENING_MIB = 256;
    private static final double P99_MILLIS = 2;

    private static final double STREAM_MB = 400;

    private static final int READS = 20_000;
    private static final int STREAM_PIECE = 1 << 20;
    private static final int UNDER_WAY = 8;
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    @Option(names = "--points", defaultValue = "4000", description = "How many; ${DEFAULT-VALUE} if not given.")
    private int points = 4000;

    @Option(
            names = "--changes",
            defaultValue = "250",
            description = "Blocks that each point changed; ${DEFAULT-VALUE} if not given, which makes a million.")
    private int changes = 250;

    @Option(names = "--base-mib", defaultValue = "1024", description = "What was copied first; ${DEFAULT-VALUE} MiB.")
    private long baseMib = 1024;

    @Mixin
    private final Workbench workbench = new Workbench();

    @Override
    public Integer call() throws Exception {
        RecoveryFigures figures = workbench.measure(this::measure);
        System.out.println(Json.of(figures));
        return 0;
    }

    private RecoveryFigures measure(Path folder) throws Exception {
        String location = folder.resolve("vault").toString();
        Path key = folder.resolve("recovery.key");
        OpenVault.writeRecoveryKey(key, OpenVault.create(location, Map.of()).recoveryKey());
        DeepLog log;
        RecoveryPoint middle;
        Opened opened;
        try (OpenVault vault = OpenVault.open(location, Map.of(), key)) {
            log = DeepLog.write(vault, baseMib << 20, points, changes);
            MachineVault machine = vault.machineVault(log.machine());
            try (MachineReader reader = MachineReader.open(machine)) {
                middle = reader.points().get(points / 2);
            }
            opened = open(location, machine, log, middle);
        }
        Path socket = Path.of(folder + ".nbd");
        List<String> serve = List.of(
                "vault",
                "serve",
                "--location",
                location,
                "--recovery-key-file",
                key.toString(),
                "--machine",
                log.machine().toString(),
                "--point",
                middle.id().toString(),
                "--socket",
                socket.toString());
        try (RunningProgram server = Program.ENGINE.start(folder.resolve("serve.log"), Map.of(), serve)) {
            awaitSocket(server, socket);
            try (NbdReader reader = new NbdReader(socket)) {
                return read(log, opened, server, reader);
            }
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private static RecoveryFigures read(DeepLog log, Opened opened, RunningProgram server, NbdReader reader)
            throws Exception {
        long first = log.baseBytes() / Blocks.BLOCK_BYTES;
        long end = log.sizeBytes() / Blocks.BLOCK_BYTES;
        randomReads(reader, 1, first, end);
        double openingMib = server.peakMiB();
        // Warms the index and the program.
        randomReads(reader, READS, first, end);
        RecoveryFigures.Latency scattered = randomReads(reader, READS, first, end);
        RecoveryFigures.Latency base = randomReads(reader, READS, 0, first);
        stream(reader, log.baseBytes());
        Throughput stream = Throughput.timed(log.baseBytes(), () -> stream(reader, log.baseBytes()));
        return new RecoveryFigures(
                log.description(),
                new RecoveryFigures.Opening(opened.calls(), CALLS, opened.seconds(), openingMib, OPENING_MIB),
                scattered,
                base,
                stream,
                STREAM_MB,
                server.peakMiB(),
                Runtime.getRuntime().availableProcessors());
    }

    private record Opened(long calls, double seconds) {}

    private static Opened open(String location, MachineVault machine, DeepLog log, RecoveryPoint middle)
            throws Exception {
        CountingStore store = new CountingStore(FolderStore.open(Path.of(location), Entropy.system()));
        long begun = System.nanoTime();
        try (MachineReader reader = MachineReader.open(new MachineVault(store, machine.vault(), machine.keys()));
                ReadableDisk disk = reader.disk(middle.id(), log.disk())) {
            disk.read(log.sizeBytes() / 2, ByteBuffer.allocate(Blocks.BLOCK_BYTES));
        }
        return new Opened(store.counted().get(), (System.nanoTime() - begun) / 1e9);
    }

    private static void awaitSocket(RunningProgram server, Path socket) throws Exception {
        long deadline = System.nanoTime() + START.toNanos();
        while (!Files.exists(socket)) {
            server.requireAlive();
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("The vault was not served within " + START.toSeconds() + " s.");
            }
            Thread.sleep(POLL);
        }
    }

    private static RecoveryFigures.Latency randomReads(NbdReader reader, int count, long firstBlock, long endBlock)
            throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        ByteBuffer block = ByteBuffer.allocateDirect(Blocks.BLOCK_BYTES);
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long begun = System.nanoTime();
            reader.ask(i, random.nextLong(firstBlock, endBlock) * Blocks.BLOCK_BYTES, Blocks.BLOCK_BYTES);
            reader.take(block);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return new RecoveryFigures.Latency(
                count, nanos[count / 2] / 1e6, nanos[count - 1 - count / 100] / 1e6, P99_MILLIS);
    }

    private static void stream(NbdReader reader, long bytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(STREAM_PIECE);
        long pieces = bytes / STREAM_PIECE;
        for (long asked = 0, taken = 0; taken < pieces; taken++) {
            while (asked < pieces && asked - taken < UNDER_WAY) {
                reader.ask(asked, asked * STREAM_PIECE, STREAM_PIECE);
                asked++;
            }
            reader.take(piece);
        }
    }
}
