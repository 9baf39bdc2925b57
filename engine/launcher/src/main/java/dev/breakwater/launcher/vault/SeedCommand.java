package dev.breakwater.launcher.vault;

import dev.breakwater.changelog.HrlOrigin;
import dev.breakwater.changelog.HrlReader;
import dev.breakwater.changelog.HrlVisitor;
import dev.breakwater.launcher.NotFoundException;
import dev.breakwater.launcher.process.Interruption;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.terminal.Sizes;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.log.DurableSlot;
import dev.breakwater.vault.log.GenerationClose;
import dev.breakwater.vault.log.GenerationWriter;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.SealingThreads;
import dev.breakwater.vault.log.SegmentSinks;
import dev.breakwater.vault.log.WriterLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Takes the first copy of a disk from a change log instead of from the machine.
@Command(
        name = "seed",
        description = "Offline seeding: takes the copy of a disk from a change log (for example on a USB disk) into the"
                + " vault. When the machine's mobility service starts, it compares and sends only what differs.")
final class SeedCommand implements Callable<Integer> {

    /// A piece of a log may lie across blocks; whole blocks are written, so this is the unit of alignment.
    private static final int BLOCK = 4096;

    @Mixin
    private VaultOptions vault = new VaultOptions();

    @Option(names = "--machine", required = true, paramLabel = "M", description = "Name or id of the machine.")
    private String machine = "";

    @Option(
            names = "--disk",
            paramLabel = "D",
            description = "Device (for example /dev/sda) or id of its disk; the log's own if not given.")
    private @Nullable String disk;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "The change log.")
    private Path source = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (var _ = new Interruption();
                OpenVault opened = vault.open();
                HrlReader log = HrlReader.open(source)) {
            OpenVault.KnownMachine known = machine(opened);
            DiskId target = disk(known, log);
            MachineKeys keys = opened.vault().keyRing().machineKeys(known.id(), Set.of(target));
            MachineVault part =
                    new MachineVault(opened.vault().store(), opened.vault().id(), keys);
            Seeded seeded = write(part, log, target);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("machine", known.id());
            result.put("disk", target);
            result.put("slot", seeded.slot());
            result.put("dataBytes", seeded.dataBytes());
            spec.commandLine()
                    .getOut()
                    .println(
                            json
                                    ? Json.of(result)
                                    : Sizes.format(seeded.dataBytes()) + " of disk " + target + " are in the vault.");
        }
        return 0;
    }

    /// A machine whose seed arrives before the machine itself is named by its identity.
    private OpenVault.KnownMachine machine(OpenVault opened) throws IOException {
        boolean identity = machine.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        return identity && !opened.vault().keyRing().machines().contains(MachineId.of(machine))
                ? new OpenVault.KnownMachine(MachineId.of(machine), machine, List.of())
                : opened.machine(machine);
    }

    private DiskId disk(OpenVault.KnownMachine known, HrlReader log) throws IOException {
        String wanted = disk;
        if (wanted == null) {
            return new DiskId(log.header()
                    .origin()
                    .map(HrlOrigin::disk)
                    .orElseThrow(() -> new NotFoundException(
                            "The log does not say which disk it is of. Name the disk with --disk.")));
        }
        return known.disks().stream()
                .filter(entry -> entry.name().equals(wanted) || entry.id().equals(wanted))
                .findFirst()
                .map(entry -> DiskId.of(entry.id()))
                .orElseGet(() -> wanted.startsWith("/") ? DiskId.of(known.id(), wanted) : DiskId.of(wanted));
    }

    /// What was done.
    private record Seeded(long slot, long dataBytes) {}

    private static Seeded write(MachineVault part, HrlReader log, DiskId target) throws Exception {
        try (MachineWriter writer = MachineWriter.open(
                part,
                SegmentSinks.direct(part.store()),
                SealingThreads.caller(),
                Runnable::run,
                Entropy.system(),
                InstantSource.system(),
                WriterLimits.DEFAULT)) {
            Seeding seeding = new Seeding(target, writer);
            log.replay(seeding);
            return new Seeded(seeding.commit().get().slot(), seeding.dataBytes);
        } catch (ExecutionException e) {
            throw new IOException("The seed could not be made durable in the vault.", e.getCause());
        }
    }

    /// Hands the log's changes to the vault in whole blocks, in generations of bounded size.
    private static final class Seeding implements HrlVisitor {

        /// A writer keeps some bookkeeping per piece until a generation is closed; machines cut theirs there, too.
        private static final int MAX_PIECES = 131_072;

        private final DiskId disk;
        private final MachineWriter writer;
        private final UUID incarnation = Entropy.system().uuid();
        private GenerationWriter generation;
        private long number = 1;
        private int pieces;
        private long dataBytes;

        Seeding(DiskId disk, MachineWriter writer) {
            this.disk = disk;
            this.writer = writer;
            this.generation = writer.begin(incarnation, number);
        }

        @Override
        public void write(long offset, ByteBuffer data) throws IOException {
            requireBlocks(offset, data.remaining());
            dataBytes += data.remaining();
            try {
                cut();
                generation.write(disk, offset, data);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while the vault took the seed.", e);
            }
        }

        @Override
        public void zero(ByteRange range) throws IOException {
            requireBlocks(range.offset(), range.length());
            generation.zero(disk, range);
        }

        private void cut() throws IOException, InterruptedException {
            pieces++;
            if (pieces > MAX_PIECES) {
                var _ = commit();
                number++;
                generation = writer.begin(incarnation, number);
                pieces = 1;
            }
        }

        CompletableFuture<DurableSlot> commit() throws IOException, InterruptedException {
            return generation.commit(new GenerationClose.Partial());
        }

        private static void requireBlocks(long offset, long length) throws IOException {
            if (offset % BLOCK != 0 || length % BLOCK != 0) {
                throw new IOException("The log has changes that are not whole blocks of " + BLOCK + " bytes (at "
                        + offset + "), so it cannot seed a vault. Logs that `vault export --format hrl` writes can.");
            }
        }
    }
}
