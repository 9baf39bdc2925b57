package dev.breakwater.launcher.engine;

import dev.breakwater.configurationserver.port.Recovery;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.launcher.vault.VaultRecoveryPoints;
import dev.breakwater.model.MachineId;
import dev.breakwater.recovery.FileFlowJournal;
import dev.breakwater.recovery.FlowEntry;
import dev.breakwater.recovery.FlowListener;
import dev.breakwater.recovery.PointChoice;
import dev.breakwater.recovery.RecoveryException;
import dev.breakwater.recovery.TestFailoverRequest;
import dev.breakwater.recovery.TestFailovers;
import dev.breakwater.site.Probe;
import dev.breakwater.site.ProbeResult;
import dev.breakwater.site.Site;
import dev.breakwater.sitelocal.LocalSite;
import dev.breakwater.sitelocal.LocalSiteSettings;
import dev.breakwater.sitelocal.practice.KernelFiles;
import dev.breakwater.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Test failovers on this computer, as the configuration server orders them.
final class LocalRecovery implements Recovery, AutoCloseable {

    private final Path reports;
    private final Site site;
    private final TestFailovers failovers;

    private LocalRecovery(Path reports, Site site, TestFailovers failovers) {
        this.reports = reports;
        this.site = site;
        this.failovers = failovers;
    }

    /// Undoes what an earlier engine left behind, and is ready.
    static LocalRecovery open(Path data, Vault vault) throws IOException, InterruptedException {
        Site site =
                new LocalSite(LocalSiteSettings.in(data.resolve("site"), KernelFiles.defaultCache()), System::nanoTime);
        TestFailovers failovers = new TestFailovers(
                new VaultRecoveryPoints(vault),
                site,
                new FileFlowJournal(data.resolve("flows")),
                InstantSource.system(),
                System::nanoTime);
        LocalRecovery recovery = new LocalRecovery(data.resolve("reports"), site, failovers);
        try {
            failovers.undoLeftovers(FlowListener.NONE);
        } catch (RecoveryException e) {
            recovery.close();
            throw new IOException(e.getMessage(), e);
        }
        return recovery;
    }

    @Override
    public TestFailoverResult testFailover(TestOrder order, StepListener steps)
            throws IOException, InterruptedException {
        List<Probe> probes = new ArrayList<>();
        if (order.probeSerial() != null) {
            probes.add(new Probe.SerialText(order.probeSerial()));
        }
        if (order.probeHttp() != null) {
            probes.add(Probe.HttpAnswer.parse(order.probeHttp()));
        }
        try {
            Instant begun = Instant.now();
            var result = failovers.run(
                    new TestFailoverRequest(
                            order.job(),
                            order.machine(),
                            order.machineName(),
                            new PointChoice.Custom(order.point().id()),
                            probes,
                            order.timeout(),
                            reports.resolve(order.job().toString())),
                    listener(steps));
            // The order may have waited, for example for an engine that was started anew.
            double waited =
                    Math.max(0, Duration.between(order.orderedAt(), begun).toMillis()) / 1000.0;
            return new TestFailoverResult(
                    order.point().id(),
                    result.booted(),
                    result.booted() ? result.bootSeconds() : null,
                    result.booted() ? waited + result.rtoSeconds() : null,
                    probe(order, result.probes(), result.failure()),
                    result.accelerator(),
                    result.screenshot().map(Path::toString).orElse(null),
                    result.serialLog().map(Path::toString).orElse(null));
        } catch (RecoveryException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static TestFailoverResult.@Nullable Probe probe(
            TestOrder order, List<ProbeResult> results, String failure) {
        if (results.isEmpty()) {
            return failure.isEmpty() ? null : new TestFailoverResult.Probe("none", false, failure, null);
        }
        ProbeResult last = results.getLast();
        return new TestFailoverResult.Probe(
                order.probeHttp() == null ? "serial" : "http", last.passed(), last.probe(), last.answer());
    }

    @Override
    public void cleanUp(UUID testJob, MachineId machine, StepListener steps) throws IOException, InterruptedException {
        try {
            failovers.cleanUp(testJob, listener(steps));
        } catch (RecoveryException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Optional<byte[]> screenshot(UUID testJob) throws IOException {
        Path picture = reports.resolve(testJob.toString()).resolve(TestFailoverRequest.SCREENSHOT);
        if (!Files.isRegularFile(picture, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(picture)) {
            // One byte more, so that whoever asked sees that it is too large.
            return Optional.of(stream.readNBytes(ControlJson.MAX_BODY_BYTES + 1));
        }
    }

    private static FlowListener listener(StepListener steps) {
        return (entry, text) -> {
            if (entry.phase() == FlowEntry.Phase.BEGUN) {
                steps.began(entry.step(), text);
            }
        };
    }

    @Override
    public void close() {
        failovers.close();
        site.close();
    }
}
