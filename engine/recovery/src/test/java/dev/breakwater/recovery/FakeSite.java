package dev.breakwater.recovery;

import dev.breakwater.site.Probe;
import dev.breakwater.site.ProbeResult;
import dev.breakwater.site.RunId;
import dev.breakwater.site.RunOrder;
import dev.breakwater.site.RunStatus;
import dev.breakwater.site.Site;
import dev.breakwater.site.SiteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A site that only pretends, and fails where a test wants it to.
final class FakeSite implements Site {

    final Map<RunId, RunOrder> running = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    private final Path log;
    String failAt = "";
    boolean answers = true;

    FakeSite(Path folder) {
        log = folder.resolve("fake-serial.log");
        try {
            Files.writeString(log, "=== BOOTED");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void called(String call) throws SiteException {
        calls.add(call);
        if (call.equals(failAt)) {
            throw new SiteException(call + " failed on purpose");
        }
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public RunStatus start(RunOrder order) throws SiteException {
        called("start");
        running.put(order.run(), order);
        return status(order.run()).orElseThrow();
    }

    @Override
    public Optional<RunStatus> status(RunId run) {
        return running.containsKey(run)
                ? Optional.of(new RunStatus(run, true, "fake", log, Map.of(), List.of("a remark")))
                : Optional.empty();
    }

    @Override
    public void stop(RunId run, Duration grace) throws SiteException {
        called("stop");
    }

    @Override
    public void cleanUp(RunId run) throws SiteException {
        called("cleanUp");
        running.remove(run);
    }

    @Override
    public List<RunId> leftovers() {
        return List.copyOf(running.keySet());
    }

    @Override
    public ProbeResult probe(RunId run, Probe probe, Duration patience) throws SiteException {
        called("probe");
        return new ProbeResult(probe.description(), answers, answers ? "hello" : "silence", 4200);
    }

    @Override
    public void screenshot(RunId run, Path target) throws SiteException {
        called("screenshot");
        try {
            Files.writeString(target, "picture");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}
}
