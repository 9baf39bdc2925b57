package dev.breakwater.launcher.diagnostics;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.diagnostics.DiagnosticsBundle;
import dev.breakwater.launcher.CommandTree;
import dev.breakwater.launcher.engine.EngineFolder;
import dev.breakwater.launcher.terminal.EngineLocation;
import dev.breakwater.launcher.terminal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `diagnostics`.
@Command(
        name = "diagnostics",
        description = {
            "Collects what those need who help with a problem: logs, versions, health, metrics, machines, process servers,"
                    + " policies, jobs, last events, and a thread dump of an engine that runs.",
            "Only what is named in OPERATIONS.md goes in. No key, passphrase, certificate or data of a disk is among it."
        })
public final class DiagnosticsCommand implements Callable<Integer> {

    private static final int JOBS = 500;

    /// Two pages of the server; older events are history.
    private static final int EVENTS = 2000;

    @Option(names = "--to", required = true, paramLabel = "FILE.zip", description = "The file; it must not exist.")
    private Path file = Path.of("");

    @Mixin
    private EngineLocation location = new EngineLocation();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// For picocli.
    public DiagnosticsCommand() {}

    @Override
    public Integer call() throws Exception {
        DiagnosticsBundle bundle = DiagnosticsBundle.create(file.toAbsolutePath());
        try (bundle) {
            bundle.addAbout(CommandTree.version(), Instant.now());
            bundle.addListing("files.json", location.data());
            bundle.addLogs(new EngineFolder(location.data().toAbsolutePath()).log());
            askTheEngine(bundle);
        }
        if (json) {
            spec.commandLine().getOut().println(Json.of(bundle.contents()));
        } else {
            spec.commandLine().getOut().println(file + " is written:");
            bundle.contents().entrySet().stream()
                    .map(entry -> "  " + entry.getKey() + ": " + entry.getValue())
                    .sorted()
                    .forEach(spec.commandLine().getOut()::println);
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void askTheEngine(DiagnosticsBundle bundle) throws IOException, InterruptedException {
        AdminClient client;
        try {
            client = location.connect();
        } catch (IOException e) {
            bundle.add("status.json", () -> {
                throw e;
            });
            return;
        }
        try (client) {
            bundle.add("status.json", client::status);
            bundle.add("machines.json", client::machines);
            bundle.add("process-servers.json", client::processServers);
            bundle.add("policies.json", client::policies);
            bundle.add(
                    "jobs.json",
                    () -> client.jobs(JOBS).stream().map(JobFacts::of).toList());
            bundle.add("events.json", () -> lastEvents(client));
            bundle.add("metrics.txt", client::metrics);
            bundle.add("threads.txt", client::threads);
        }
    }

    private static List<Event> lastEvents(AdminClient client) throws IOException, InterruptedException {
        List<Event> last = new ArrayList<>();
        List<Event> page = client.events(0);
        while (!page.isEmpty()) {
            last.addAll(page);
            page = client.events(page.getLast().number());
        }
        return last.subList(Math.max(0, last.size() - EVENTS), last.size());
    }

    /// Of a job what tells how it went; not what a recovered machine answered, which may be anybody's data.
    record JobFacts(
            String id,
            JobView.Kind kind,
            @Nullable String machine,
            JobView.State state,
            Instant created,
            @Nullable Instant finished,
            List<String> steps,
            @Nullable String error) {

        static JobFacts of(JobView job) {
            return new JobFacts(
                    job.id().toString(),
                    job.kind(),
                    job.machineName(),
                    job.state(),
                    job.createdAt(),
                    job.finishedAt(),
                    job.steps().stream()
                            .map(step -> step.name() + " " + step.state())
                            .toList(),
                    job.error() == null ? null : job.error().code());
        }
    }
}
