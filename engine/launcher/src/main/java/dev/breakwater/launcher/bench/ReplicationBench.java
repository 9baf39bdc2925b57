package dev.breakwater.launcher.bench;

import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.control.machine.MachineStatus;
import dev.breakwater.launcher.files.Tree;
import dev.breakwater.launcher.process.Program;
import dev.breakwater.launcher.process.Tool;
import dev.breakwater.launcher.rig.Rig;
import dev.breakwater.launcher.rig.VaultPlace;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.vault.OpenVault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Replicates an image into a vault and reads it back.
@Command(
        name = "replication",
        description =
                "Replicates a disk image some times into a new vault with the programs as they are used (engine and"
                        + " mobility service as processes, mutual TLS, LZ4, AES-256-GCM), measures all but the first time, and before"
                        + " and after each lz4 | openssl and restic on the same image; exports it and compares. The image is only read.")
final class ReplicationBench implements Callable<Integer> {

    private static final String MACHINE = "bench";

    /// A terabyte at 40 MB/s.
    private static final Duration PATIENCE = Duration.ofHours(8);

    /// A minute in all: machines report every few seconds.
    private static final Duration REPORT_POLL = Duration.ofMillis(500);

    private static final int REPORT_POLLS = 120;

    private static final long BYTES_PER_MB = 1_000_000;

    /// Each takes a minute or two and as much room as the vault.
    private static final int MAX_ROUNDS = 20;

    @Option(names = "--image", required = true, paramLabel = "FILE", description = "The disk image.")
    private Path image = Path.of("");

    @Option(
            names = "--held-to",
            paramLabel = "MB/s",
            description = "Resynchronise a second time with the disk held to this rate by the kernel (as root, control"
                    + " groups): a virtual disk can be as fast as memory, which no disk is. Default: not at all.")
    private int heldTo;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Copies that are measured, 1 to 20: how fast a computer in a cloud is changes from minute to"
                    + " minute. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Mixin
    private final Workbench workbench = new Workbench();

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(image)) {
            throw new IOException("There is no disk image " + image + ", so nothing was measured.");
        }
        if (rounds < 1 || rounds > MAX_ROUNDS) {
            throw new IOException("--rounds is 1 to " + MAX_ROUNDS + ", so nothing was measured.");
        }
        ReplicationFigures figures = workbench.measure(this::measure);
        System.out.println(Json.of(figures));
        return figures.export().exact() ? 0 : 1;
    }

    private ReplicationFigures measure(Path folder) throws Exception {
        Path key = folder.resolve("recovery.key");
        VaultPlace place = VaultPlace.folder(folder.resolve("vault"));
        OpenVault.writeRecoveryKey(
                key, OpenVault.create(place.location(), place.environment()).recoveryKey());
        try (SourceDisks disks = SourceDisks.of(image.toAbsolutePath(), folder, 1 + rounds);
                Rig rig = new Rig(folder.resolve("run"), place, key)) {
            rig.startEngine();
            rig.startAgent(MACHINE);
            Copy cold = copy(rig, place, disks.all().getFirst());
            Throughput bareLoop = new BareLoop(image, folder.resolve("bare-loop")).measure();
            Path sealed = folder.resolve("peer.lz4.enc");
            Beside beside = Beside.measure(image, folder, sealed);
            Throughput ours = Throughput.of(0, 0);
            Copy last = cold;
            for (SourceDisk next : disks.all().subList(1, 1 + rounds)) {
                rig.await(rig.admin().unprotect(MACHINE), PATIENCE, _ -> {});
                last = copy(rig, place, next);
                if (last.vaultBytes < cold.vaultBytes / 2) {
                    throw new IOException("Disk " + next.path() + " was known and only compared (" + last.vaultBytes
                            + " bytes of the vault, the first disk " + cold.vaultBytes + "), so nothing was measured.");
                }
                ours = ours.and(last.throughput);
                beside = beside.and(Beside.measure(image, folder, sealed));
            }
            SourceDisk disk = disks.all().getLast();
            Throughput empty = Throughput.timed(
                    0, () -> rig.await(rig.admin().createPoint(MACHINE, PointRequest.plain()), PATIENCE, _ -> {}));
            ReplicationFigures.Resync resync = resync(rig, disk);
            ReplicationFigures.@Nullable Resync held = heldTo > 0 ? heldResync(rig, disk) : null;
            var peak = new ReplicationFigures.PerProgram(rig.enginePeakMiB(), rig.agentPeakMiB());
            rig.stopAgent();
            rig.stopEngine();
            return new ReplicationFigures(
                    image.toString(),
                    disk.description(),
                    cold.throughput,
                    ours,
                    beside.against(ours),
                    bareLoop,
                    ours.mbPerSecond() / bareLoop.mbPerSecond(),
                    empty.seconds(),
                    resync,
                    held,
                    export(folder, place, key, disk, sealed),
                    last.vaultBytes,
                    Files.size(image) / (double) Math.max(1, last.vaultBytes),
                    last.cpu,
                    peak,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version().toString());
        }
    }

    /// What is measured beside ours.
    private record Beside(Peer lz4, Peer restic) {

        static Beside measure(Path image, Path folder, Path sealed) throws Exception {
            return new Beside(Peer.lz4AndOpenssl(image, sealed), Peer.restic(image, folder));
        }

        Beside and(Beside again) {
            return new Beside(lz4.and(again.lz4), restic.and(again.restic));
        }

        List<Peer> against(Throughput ours) {
            return List.of(lz4.against(ours), restic.against(ours));
        }
    }

    /// A first copy of a disk.
    ///
    /// @param vaultBytes what it takes in the vault
    /// @param cpu processor time of the two programs
    private record Copy(Throughput throughput, long vaultBytes, ReplicationFigures.PerProgram cpu) {}

    private Copy copy(Rig rig, VaultPlace place, SourceDisk disk) throws Exception {
        Path vault = Path.of(place.location());
        long vaultBefore = Tree.bytes(vault);
        warm();
        ReplicationFigures.PerProgram cpuBefore = cpu(rig);
        Throughput throughput = protect(rig, disk);
        return new Copy(throughput, Tree.bytes(vault) - vaultBefore, cpu(rig).minus(cpuBefore));
    }

    /// Everybody shall find the image in the page cache, and nobody shall wait for what the one before left to write.
    private void warm() throws IOException {
        Tool.run(PATIENCE, "sync");
        Files.copy(image, OutputStream.nullOutputStream());
    }

    /// As an administrator would: the command, from outside.
    private Throughput protect(Rig rig, SourceDisk disk) throws Exception {
        return Throughput.timed(
                Files.size(image),
                () -> Program.ENGINE.run(
                        PATIENCE,
                        List.of(
                                "machines",
                                "protect",
                                "--data",
                                rig.engineData().toString(),
                                "--machine",
                                MACHINE,
                                "--disk",
                                disk.path(),
                                "--wait")));
    }

    /// Nothing has changed: everything is read and compared, nothing need be sent. The disk's own rate is the better of
    /// two readings, before and after: a virtual disk's rate wanders.
    private ReplicationFigures.Resync resync(Rig rig, SourceDisk disk) throws Exception {
        disk.readPastCache();
        long bytes = Files.size(image);
        Throughput before = read(disk);
        long sentBefore = sentBytes(rig);
        Throughput ours =
                Throughput.timed(bytes, () -> rig.await(rig.admin().resynchronise(MACHINE), PATIENCE, _ -> {}));
        long sent = sentBytes(rig) - sentBefore;
        Throughput after = read(disk);
        Throughput ceiling = before.seconds() < after.seconds() ? before : after;
        return new ReplicationFigures.Resync(
                ours, ceiling, ours.mbPerSecond() / ceiling.mbPerSecond(), sent, sent * 100.0 / bytes);
    }

    private ReplicationFigures.Resync heldResync(Rig rig, SourceDisk disk) throws Exception {
        try (HeldDisk _ = HeldDisk.to(heldTo * BYTES_PER_MB, disk.path())) {
            return resync(rig, disk);
        }
    }

    private Throughput read(SourceDisk disk) throws Exception {
        return Throughput.timed(
                Files.size(image),
                () -> Tool.run(PATIENCE, "dd", "if=" + disk.path(), "of=/dev/null", "bs=4M", "iflag=direct"));
    }

    /// What the mobility service tells from now on: an older report may lack the newest bytes.
    private static long sentBytes(Rig rig) throws Exception {
        Instant now = Instant.now();
        MachineView machine = rig.admin().machine(MACHINE);
        for (int i = 0; i < REPORT_POLLS && !reportedSince(machine, now); i++) {
            Thread.sleep(REPORT_POLL);
            machine = rig.admin().machine(MACHINE);
        }
        MachineStatus status = machine.status();
        if (status == null || !reportedSince(machine, now)) {
            throw new IOException("The mobility service does not tell how much it has sent.");
        }
        return status.disks().stream()
                .mapToLong(MachineStatus.DiskProgress::sentBytes)
                .sum();
    }

    private static boolean reportedSince(MachineView machine, Instant when) {
        return machine.lastHeartbeat() != null && machine.lastHeartbeat().isAfter(when);
    }

    private static ReplicationFigures.PerProgram cpu(Rig rig) {
        return new ReplicationFigures.PerProgram(rig.engineCpuSeconds(), rig.agentCpuSeconds());
    }

    /// The newest point as a file, by the command, without an engine; and the peer's way back.
    private ReplicationFigures.Export export(Path folder, VaultPlace place, Path key, SourceDisk disk, Path sealed)
            throws Exception {
        Peer peer = Peer.opensslAndLz4(image, sealed, folder);
        Files.deleteIfExists(sealed);
        Path target = folder.resolve("export.image");
        Throughput ours = Throughput.timed(
                Files.size(image),
                () -> Program.ENGINE.run(
                        PATIENCE,
                        List.of(
                                "vault",
                                "export",
                                "--location",
                                place.location(),
                                "--recovery-key-file",
                                key.toString(),
                                "--machine",
                                MACHINE,
                                "--disk",
                                disk.path(),
                                "--point",
                                "latest",
                                "--to",
                                target.toString())));
        boolean exact = Files.mismatch(image, target) < 0;
        Files.delete(target);
        return new ReplicationFigures.Export(ours, peer.against(ours), exact);
    }
}
