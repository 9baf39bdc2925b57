package dev.breakwater.sitelocal;

import dev.breakwater.site.Probe;
import dev.breakwater.site.ProbeResult;
import dev.breakwater.site.RunId;
import dev.breakwater.site.RunOrder;
import dev.breakwater.site.RunStatus;
import dev.breakwater.site.Site;
import dev.breakwater.site.SiteException;
import dev.breakwater.sitelocal.host.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This computer as a recovery site. Safe for several threads; calls about the same run wait for each other.
public final class LocalSite implements Site {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSite.class);

    private final LocalSiteSettings settings;
    private final LongSupplier nanos;
    private final Map<RunId, QemuRun> runs = new ConcurrentHashMap<>();

    /// A local site.
    ///
    /// @param settings how it works
    /// @param nanos monotonic time
    public LocalSite(LocalSiteSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /// What this computer lacks to run recovered machines; empty if nothing.
    public static List<String> missing(LocalSiteSettings settings) {
        List<String> missing = new ArrayList<>();
        if (!Files.isExecutable(Path.of(settings.qemu()))) {
            missing.add("the program " + settings.qemu() + " (package qemu-system-x86)");
        }
        if (!HostCommand.installed("qemu-img")) {
            missing.add("the program qemu-img (package qemu-utils)");
        }
        return missing;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public synchronized RunStatus start(RunOrder order) throws SiteException, InterruptedException {
        QemuRun existing = runs.get(order.run());
        if (existing != null) {
            return existing.status();
        }
        List<String> missing = missing(settings);
        if (!missing.isEmpty()) {
            throw new SiteException("Machine " + order.machineName() + " cannot be run here, because this computer"
                    + " lacks " + String.join(" and ", missing) + ". Install what is missing and try again.");
        }
        if (order.disks().size() > QemuArguments.maxDisks()) {
            throw new SiteException("Machine " + order.machineName() + " has "
                    + order.disks().size() + " disks; the local site can attach " + QemuArguments.maxDisks()
                    + ". It was not started.");
        }
        cleanUp(order.run());
        Path folder = folder(order.run());
        RunFiles files = null;
        try {
            files = RunFiles.make(folder);
            new RunRecord(order.run(), files.sockets(), 0).write(folder);
            List<String> remarks = new ArrayList<>();
            Accelerator accelerator = accelerator(remarks);
            remarkMemory(order, remarks);
            QemuRun run = QemuRun.start(settings, order, accelerator, files, remarks, nanos);
            runs.put(order.run(), run);
            return run.status();
        } catch (IOException e) {
            remove(folder, files);
            throw new SiteException(
                    "Machine " + order.machineName() + " could not be started: " + e.getMessage()
                            + ". Nothing of it is left. Look at the space in " + settings.workFolder() + ".",
                    e);
        } catch (SiteException | InterruptedException | RuntimeException e) {
            remove(folder, files);
            throw e;
        }
    }

    private Accelerator accelerator(List<String> remarks) throws InterruptedException {
        if (settings.accelerator().isPresent()) {
            return settings.accelerator().get();
        }
        KvmCanary.Finding finding = new KvmCanary(settings.qemu(), settings.cache()).find();
        if (finding.usable()) {
            return Accelerator.KVM;
        }
        remarks.add("The machine runs in emulation, several times slower, because hardware virtualisation is not usable"
                + " here: " + finding.reason() + ".");
        return Accelerator.TCG;
    }

    private void remarkMemory(RunOrder order, List<String> remarks) {
        long memory = QemuArguments.memory(settings, order.hardware());
        if (memory < order.hardware().memoryBytes() >> 20 << 20) {
            remarks.add("The machine has " + (order.hardware().memoryBytes() >> 20) + " MiB of memory; here it got "
                    + (memory >> 20) + " MiB.");
        }
    }

    private void remove(Path folder, @Nullable RunFiles files) {
        Folders.remove(folder);
        if (files != null) {
            Folders.remove(files.sockets());
        }
    }

    @Override
    public Optional<RunStatus> status(RunId run) {
        return Optional.ofNullable(runs.get(run)).map(QemuRun::status);
    }

    @Override
    public ProbeResult probe(RunId run, Probe probe, Duration patience) throws SiteException, InterruptedException {
        return new Probing(known(run), nanos).ask(probe, patience);
    }

    @Override
    public void screenshot(RunId run, Path target) throws SiteException {
        try {
            known(run).screenshot(target);
        } catch (IOException e) {
            throw new SiteException("No picture of the screen could be taken: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SiteException("No picture of the screen was taken: the work was interrupted.", e);
        }
    }

    private QemuRun known(RunId run) throws SiteException {
        QemuRun found = runs.get(run);
        if (found == null) {
            throw new SiteException("No machine of run " + run + " runs on this computer. Start it first.");
        }
        return found;
    }

    @Override
    public void stop(RunId run, Duration grace) throws InterruptedException {
        QemuRun found = runs.get(run);
        if (found != null) {
            found.stop(grace);
        }
    }

    @Override
    public synchronized void cleanUp(RunId run) throws SiteException, InterruptedException {
        QemuRun found = runs.remove(run);
        Path folder = folder(run);
        if (found != null) {
            found.end();
            Folders.remove(found.files().sockets());
        } else {
            Optional<RunRecord> record = RunRecord.read(folder);
            if (record.isPresent()) {
                record.get().kill();
                Folders.remove(record.get().sockets());
            }
        }
        if (!Folders.remove(folder)) {
            throw new SiteException("Files of a test machine could not be removed from " + folder
                    + ". Look at who owns them, remove them by hand, and clean up again.");
        }
    }

    @Override
    public List<RunId> leftovers() throws SiteException {
        if (!Files.isDirectory(settings.workFolder())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(settings.workFolder())) {
            return folders.map(RunRecord::read)
                    .flatMap(Optional::stream)
                    .map(RunRecord::run)
                    .toList();
        } catch (IOException e) {
            throw new SiteException("The folder of the local site could not be read: " + e.getMessage() + ".", e);
        }
    }

    private Path folder(RunId run) {
        return settings.workFolder().toAbsolutePath().resolve(run.toString());
    }

    @Override
    public void close() {
        for (RunId run : List.copyOf(runs.keySet())) {
            try {
                cleanUp(run);
            } catch (SiteException e) {
                LOG.warn("Run {} could not be cleaned up: {}", run, e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
