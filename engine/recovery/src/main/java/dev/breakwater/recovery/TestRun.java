package dev.breakwater.recovery;

import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.site.Probe;
import dev.breakwater.site.RecoveredDisk;
import dev.breakwater.site.RunId;
import dev.breakwater.site.RunStatus;
import dev.breakwater.site.Site;
import dev.breakwater.site.SiteException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run from the first step to the result.
final class TestRun {

    private static final Logger LOG = LoggerFactory.getLogger(TestRun.class);

    /// A pin outlives a pause of the engine of this length, and a dead engine's pin is gone after it.
    static final Duration PIN_TIME = Duration.ofHours(6);

    private final Flow flow;
    private final OpenTest test;
    private final RecoveryPoints points;
    private final Site site;
    private final LongSupplier nanos;
    private final TestFailoverRequest request;
    private final RunId run;
    private final ResultDraft draft;

    /// What clean-up must give back.
    ///
    /// @param request what was asked for
    /// @param point the point that was chosen
    /// @param disks what is open, in the order of opening
    /// @param orderedAtNanos when it was asked for
    record OpenTest(TestFailoverRequest request, RecoveryPoint point, List<ReadableDisk> disks, long orderedAtNanos) {}

    TestRun(Flow flow, OpenTest test, RecoveryPoints points, Site site, LongSupplier nanos) {
        this.flow = flow;
        this.test = test;
        this.points = points;
        this.site = site;
        this.nanos = nanos;
        this.request = test.request();
        this.run = new RunId(request.flow());
        this.draft = new ResultDraft(request, test.point().id());
    }

    TestFailoverResult run() throws RecoveryException, InterruptedException {
        flow.become(
                TestFailoverState.INITIATED,
                Map.of(
                        "machine", request.machine().toString(),
                        "point", test.point().id().toString(),
                        "slot", Long.toString(test.point().slot())));
        try {
            pin();
            flow.become(TestFailoverState.COMPLETING, Map.of());
            start();
            probe();
            takePicture();
        } catch (RecoveryException e) {
            LOG.warn("Test failover of {} failed: {}", request.machineName(), e.getMessage());
            draft.failure = String.valueOf(e.getMessage());
        }
        TestFailoverState end = draft.failure.isEmpty() ? TestFailoverState.COMPLETED : TestFailoverState.FAILED;
        flow.become(end, Map.of("booted", Boolean.toString(draft.booted), "failure", draft.failure));
        return draft.finish(end);
    }

    private void pin() throws RecoveryException, InterruptedException {
        flow.step(FlowStep.PIN_POINT, Map.of(), () -> {
            points.pin(test.point(), request.flow(), PIN_TIME);
            return Map.of();
        });
    }

    private void start() throws RecoveryException, InterruptedException {
        List<RecoveredDisk> disks = new ArrayList<>();
        flow.step(FlowStep.OPEN_DISKS, Map.of(), () -> {
            for (DiskDescription disk : test.point().hardware().disks()) {
                ReadableDisk content = points.open(test.point(), disk.id());
                test.disks().add(content);
                disks.add(new RecoveredDisk(disk, content));
            }
            return Map.of("disks", Integer.toString(disks.size()));
        });
        flow.step(FlowStep.START_MACHINE, Map.of("run", run.toString()), () -> {
            draft.started(site.start(Orders.order(run, request, test.point().hardware(), disks)));
            return Map.of();
        });
    }

    private void probe() throws RecoveryException, InterruptedException {
        flow.step(FlowStep.PROBE_MACHINE, Map.of(), () -> {
            if (request.probes().isEmpty()) {
                settle();
            } else {
                askAll();
            }
            return Map.of("booted", Boolean.toString(draft.booted));
        });
    }

    private void askAll() throws SiteException, InterruptedException {
        long deadline = nanos.getAsLong() + request.patience().toNanos();
        for (Probe probe : request.probes()) {
            Duration left = Duration.ofNanos(Math.max(1, deadline - nanos.getAsLong()));
            draft.probed(site.probe(run, probe, left));
            if (!draft.failure.isEmpty()) {
                return;
            }
        }
        draft.alive(nanos.getAsLong() - test.orderedAtNanos());
    }

    private void settle() throws SiteException, InterruptedException {
        Thread.sleep(Orders.SETTLING_TIME);
        if (site.status(run).filter(RunStatus::running).isPresent()) {
            draft.alive(nanos.getAsLong() - test.orderedAtNanos());
            draft.remarks.add("No probe was given: the machine counts as booted because it still ran "
                    + Orders.SETTLING_TIME.toSeconds() + " s after it was started.");
        } else {
            draft.failure = "The machine was off " + Orders.SETTLING_TIME.toSeconds()
                    + " s after it was started. Look at its serial log.";
        }
    }

    private void takePicture() throws RecoveryException, InterruptedException {
        flow.step(FlowStep.TAKE_SCREENSHOT, Map.of(), () -> {
            draft.keep(Reports.collect(site, run, request.reports()));
            return Map.of();
        });
    }
}
