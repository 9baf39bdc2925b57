package dev.breakwater.processserver;

import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ProcessServerHealth.MachineTraffic;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Threads;
import dev.breakwater.processserver.machine.MachineDesk;
import dev.breakwater.processserver.machine.Throttle;
import dev.breakwater.processserver.upload.UploadFigures;
import dev.breakwater.processserver.upload.UploadQueue;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures how the process server is doing and reports it at regular times, and once in between: when the first upload
/// has made known how fast the vault takes what comes.
final class HealthMeter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthMeter.class);

    /// Processor load counts over 15 minutes: thirty reports at the usual rhythm.
    private static final int CPU_SAMPLES = 30;

    private final ProcessServerSettings settings;
    private final int port;
    private final ControlPlane control;
    private final MachineDesks desks;
    private final UploadQueue uploads;
    private final LongSupplier nanos;
    private final Threads threads;
    private final HostLoad host;
    private final Throttle throttle;
    private final MaintenanceSchedule maintenance;
    private final ArrayDeque<Double> cpuLoads = new ArrayDeque<>();
    private Map<MachineId, Long> lastReceived = new HashMap<>();
    private long lastNanos;
    private boolean speedTold;

    HealthMeter(
            ProcessServerSettings settings,
            int port,
            ControlPlane control,
            MachineDesks desks,
            UploadQueue uploads,
            LongSupplier nanos,
            Threads threads,
            HostLoad host,
            Throttle throttle,
            MaintenanceSchedule maintenance) {
        this.throttle = throttle;
        this.maintenance = maintenance;
        this.settings = settings;
        this.threads = threads;
        this.host = host;
        this.port = port;
        this.control = control;
        this.desks = desks;
        this.uploads = uploads;
        this.nanos = nanos;
        this.lastNanos = nanos.getAsLong();
    }

    @Override
    public void run() {
        try {
            while (true) {
                try {
                    control.health(measure());
                } catch (IOException | RuntimeException e) {
                    LOG.warn("The configuration server did not take the health report: {}", e.toString());
                }
                pause();
            }
        } catch (InterruptedException e) {
            LOG.debug("Health reports were stopped.");
        }
    }

    private void pause() throws InterruptedException {
        if (speedTold) {
            threads.sleep(settings.rhythm().health());
            return;
        }
        try {
            threads.await(uploads.firstUpload(), settings.rhythm().health());
            speedTold = true;
        } catch (TimeoutException e) {
            LOG.trace("Nothing has been uploaded yet; the next report is due all the same.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the first upload is only ever told as done", e);
        }
    }

    private ProcessServerHealth measure() {
        UploadFigures figures = uploads.figures();
        List<String> remarks = new ArrayList<>();
        if (figures.failing()) {
            remarks.add(
                    "The vault does not take data, which wait in memory and in the cache: " + figures.vaultTrouble());
        }
        if (!figures.cacheTrouble().isEmpty()) {
            remarks.add("The cache folder takes nothing, so that machines wait for the vault: " + figures.cacheTrouble()
                    + ". Make room there.");
        }
        return new ProcessServerHealth(
                settings.version(),
                settings.hosts(),
                port,
                cpuPercent(),
                known(host.memoryPercent()),
                figures.cacheFreePercent(),
                figures.memoryBytes() + figures.cacheBytes(),
                figures.memoryBytes() + figures.cacheBytes(),
                figures.drainSeconds().isPresent()
                        ? (Long) figures.drainSeconds().getAsLong()
                        : null,
                figures.bytesPerSecond() == 0 ? null : (Long) figures.bytesPerSecond(),
                !figures.failing(),
                traffic(),
                remarks,
                maintenance.counts(figures.uploadedBytes(), figures.failedUploads()),
                throttle.active().orElse(null));
    }

    private List<MachineTraffic> traffic() {
        long now = nanos.getAsLong();
        double seconds = Math.max(0.001, (now - lastNanos) / 1e9);
        lastNanos = now;
        Map<MachineId, Long> received = new HashMap<>();
        List<MachineTraffic> result = new ArrayList<>();
        for (MachineDesk desk : desks.all()) {
            MachineId machine = desk.serving().machine();
            long bytes = desk.receivedBytes();
            received.put(machine, bytes);
            long fresh = Math.max(0, bytes - lastReceived.getOrDefault(machine, 0L));
            result.add(desk.traffic((long) (fresh / seconds)));
        }
        lastReceived = received;
        return result;
    }

    private @Nullable Double cpuPercent() {
        host.processorPercent().ifPresent(cpuLoads::add);
        if (cpuLoads.size() > CPU_SAMPLES) {
            cpuLoads.remove();
        }
        // The rule is about a quarter of an hour: until that has passed the figure is not known. A busy start must not
        // make a process server critical, which nobody could choose then.
        return cpuLoads.size() < CPU_SAMPLES
                ? null
                : (Double) cpuLoads.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(0);
    }

    private static @Nullable Double known(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }
}
