package dev.breakwater.recovery;

import dev.breakwater.model.PointId;
import dev.breakwater.site.ProbeResult;
import dev.breakwater.site.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The result of a test failover while it grows.
final class ResultDraft {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final TestFailoverRequest request;
    private final PointId point;
    private final List<ProbeResult> probes = new ArrayList<>();
    private final Map<Integer, String> reachable = new LinkedHashMap<>();
    private double bootSeconds;
    private double rtoSeconds;
    private Optional<Path> screenshot = Optional.empty();
    private Optional<Path> serialLog = Optional.empty();
    private String accelerator = "";

    final List<String> remarks = new ArrayList<>();
    boolean booted;
    String failure = "";

    ResultDraft(TestFailoverRequest request, PointId point) {
        this.request = request;
        this.point = point;
    }

    void started(RunStatus status) {
        accelerator = status.accelerator();
        serialLog = Optional.of(status.serialLog());
        remarks.addAll(status.remarks());
        status.reachable()
                .forEach((port, address) -> reachable.put(port, address.getHostString() + ":" + address.getPort()));
    }

    void probed(ProbeResult result) {
        probes.add(result);
        if (result.passed()) {
            bootSeconds = Math.max(bootSeconds, result.sinceStartMillis() / MILLIS_PER_SECOND);
        } else {
            bootSeconds = 0;
            failure = "The machine runs, but gave no sign of life (" + result.probe() + "): " + result.answer()
                    + ". Look at its serial log and the picture of its screen.";
        }
    }

    void alive(long sinceOrderNanos) {
        booted = true;
        rtoSeconds = sinceOrderNanos / NANOS_PER_SECOND;
        if (probes.isEmpty()) {
            bootSeconds = rtoSeconds;
        }
    }

    void keep(Reports reports) {
        screenshot = reports.screenshot();
        if (reports.serialLog().isPresent()) {
            serialLog = reports.serialLog();
        }
        if (!reports.remark().isEmpty()) {
            remarks.add(reports.remark());
        }
    }

    TestFailoverResult finish(TestFailoverState state) {
        return new TestFailoverResult(
                request.flow(),
                request.machine(),
                Optional.of(point),
                state,
                booted,
                bootSeconds,
                rtoSeconds,
                probes,
                screenshot,
                serialLog,
                reachable,
                accelerator,
                remarks,
                failure);
    }
}
