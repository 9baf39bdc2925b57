package dev.breakwater.launcher.bench;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.launcher.files.Tree;
import dev.breakwater.launcher.rig.Rig;
import dev.breakwater.launcher.rig.VaultPlace;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.terminal.ProgressBar;
import dev.breakwater.launcher.terminal.Screen;
import dev.breakwater.launcher.vault.Comparison;
import dev.breakwater.launcher.vault.OpenVault;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Replicates an image into a vault and reads it back.
@Command(
        name = "replication",
        description = "Replicates a disk image into a new vault with the programs as they are used (engine and mobility"
                + " service as processes, mutual TLS, LZ4, AES-256-GCM), reads it back and compares. The image is only"
                + " read.")
final class ReplicationBench implements Callable<Integer> {

    private static final String MACHINE = "bench";

    /// A terabyte at 40 MB/s.
    private static final Duration PATIENCE = Duration.ofHours(8);

    @Option(names = "--image", required = true, paramLabel = "FILE", description = "The disk image.")
    private Path image = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures into this file.")
    private @Nullable Path json;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where vault and programs keep what they have; a temporary folder if not given. Is removed.")
    private @Nullable Path work;

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(image)) {
            throw new IOException("There is no disk image " + image + ", so nothing was measured.");
        }
        Path folder = work == null
                ? Files.createTempDirectory("breakwater-bench")
                : Files.createTempDirectory(Files.createDirectories(work), "bench");
        try {
            ReplicationFigures figures = measure(folder);
            System.out.println(Json.of(figures));
            if (json != null) {
                Files.writeString(json, Json.of(figures) + "\n");
            }
            return figures.exact() ? 0 : 1;
        } finally {
            Tree.delete(folder);
        }
    }

    private ReplicationFigures measure(Path folder) throws Exception {
        Path key = folder.resolve("recovery.key");
        VaultPlace place = VaultPlace.folder(folder.resolve("vault"));
        OpenVault.writeRecoveryKey(
                key, OpenVault.create(place.location(), place.environment()).recoveryKey());
        ReplicationFigures.Throughput first;
        ReplicationFigures.CpuSeconds cpu;
        double emptyPoint;
        String source;
        try (SourceDisk disk = SourceDisk.of(image.toAbsolutePath());
                Rig rig = new Rig(folder.resolve("run"), place, key)) {
            source = disk.description();
            rig.startEngine();
            rig.startAgent(MACHINE);
            double engineBefore = rig.engineCpuSeconds();
            double agentBefore = rig.agentCpuSeconds();
            first = initialReplication(rig, disk);
            cpu = new ReplicationFigures.CpuSeconds(
                    rig.engineCpuSeconds() - engineBefore, rig.agentCpuSeconds() - agentBefore);
            long begun = System.nanoTime();
            rig.await(rig.admin().createPoint(MACHINE, PointRequest.plain()), PATIENCE, _ -> {});
            emptyPoint = secondsSince(begun);
        }
        long vaultBytes = Tree.bytes(folder.resolve("vault"));
        return readBack(place, key, first, emptyPoint, source, vaultBytes, cpu);
    }

    private ReplicationFigures.Throughput initialReplication(Rig rig, SourceDisk disk) throws Exception {
        ProgressBar bar = new ProgressBar(System.err, "initial replication", Screen.interactive());
        long begun = System.nanoTime();
        JobView job = rig.admin().protect(MACHINE, new ProtectRequest(List.of(disk.path()), null, null));
        rig.await(job, PATIENCE, now -> bar.show(Math.round(now.progress() * 1000), 1000, ""));
        bar.end();
        return ReplicationFigures.Throughput.of(Files.size(image), secondsSince(begun));
    }

    private ReplicationFigures readBack(
            VaultPlace place,
            Path key,
            ReplicationFigures.Throughput first,
            double emptyPoint,
            String source,
            long vaultBytes,
            ReplicationFigures.CpuSeconds cpu)
            throws IOException {
        try (OpenVault vault = OpenVault.open(place.location(), place.environment(), key);
                MachineReader reader = vault.reader(vault.machines().getFirst().id())) {
            RecoveryPoint point = OpenVault.point(reader, "latest");
            DiskDescription disk = point.hardware().disks().getFirst();
            long begun = System.nanoTime();
            boolean exact;
            try (ReadableDisk content = reader.disk(point.id(), disk.id())) {
                exact = Comparison.firstDifference(content, image).isEmpty();
            }
            return new ReplicationFigures(
                    image.toString(),
                    source,
                    first,
                    emptyPoint,
                    ReplicationFigures.Throughput.of(disk.sizeBytes(), secondsSince(begun)),
                    exact,
                    vaultBytes,
                    disk.sizeBytes() / (double) Math.max(1, vaultBytes),
                    cpu,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version().toString());
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
