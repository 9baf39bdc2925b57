package dev.breakwater.launcher.demo;

import dev.breakwater.launcher.rig.VaultPlace;
import dev.breakwater.launcher.vault.OpenVault;
import dev.breakwater.launcher.vault.VaultRecoveryPoints;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.recovery.FileFlowJournal;
import dev.breakwater.recovery.FlowListener;
import dev.breakwater.recovery.PointChoice;
import dev.breakwater.recovery.TestFailoverRequest;
import dev.breakwater.recovery.TestFailoverResult;
import dev.breakwater.recovery.TestFailovers;
import dev.breakwater.site.Probe;
import dev.breakwater.sitelocal.LocalSite;
import dev.breakwater.sitelocal.LocalSiteSettings;
import dev.breakwater.sitelocal.practice.KernelFiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// Recovers the practice machine with nothing but the vault and the recovery key.
final class VaultOnlyRecovery {

    private VaultOnlyRecovery() {}

    /// What came of it.
    record Result(boolean recovered, double bootSeconds) {}

    static Result run(
            VaultPlace place, Path key, DemoFolder folder, RecoveryPoint point, String expected, Narrator narrator)
            throws Exception {
        narrator.chapter("Recovery with nothing but the vault and the recovery key");
        UUID flow = UUID.randomUUID();
        try (OpenVault vault = OpenVault.open(place.location(), place.environment(), key);
                LocalSite site = new LocalSite(
                        LocalSiteSettings.in(folder.path("run/site"), KernelFiles.defaultCache()), System::nanoTime);
                TestFailovers failovers = new TestFailovers(
                        new VaultRecoveryPoints(vault.vault()),
                        site,
                        new FileFlowJournal(folder.path("run/flows")),
                        InstantSource.system(),
                        System::nanoTime)) {
            String name = vault.machine(point.machine().toString()).name();
            TestFailoverResult result = failovers.run(
                    new TestFailoverRequest(
                            flow,
                            point.machine(),
                            name,
                            new PointChoice.Custom(point.id()),
                            List.of(new Probe.HttpAnswer(8080, "/content.txt", expected.strip())),
                            TestFailoverRequest.DEFAULT_PATIENCE,
                            folder.path("vault-only-recovery")),
                    FlowListener.NONE);
            failovers.cleanUp(flow, FlowListener.NONE);
            narrator.fact(
                    "Machine \"%s\", point %s: %s",
                    name,
                    point.id(),
                    result.booted()
                            ? "up " + Math.round(result.bootSeconds() * 10) / 10.0 + " s after power-on, with the"
                                    + " content of that point."
                            : "did not come up: " + result.failure());
            return new Result(result.booted(), result.bootSeconds());
        }
    }
}
