package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.terminal.Table;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The groups `process-servers`, `jobs` and `events`.
public final class ServerCommands {

    private ServerCommands() {}

    /// The group `process-servers`.
    @Command(
            name = "process-servers",
            description = "Lists process servers, and refuses or admits one.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {
                ListProcessServers.class,
                RevocationCommands.RevokeProcessServer.class,
                RevocationCommands.AdmitProcessServer.class
            })
    public static final class ProcessServers {

        /// For picocli.
        public ProcessServers() {}
    }

    /// The group `jobs`.
    @Command(
            name = "jobs",
            description = "Lists jobs.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = ListJobs.class)
    public static final class Jobs {

        /// For picocli.
        public Jobs() {}
    }

    /// The group `events`.
    @Command(
            name = "events",
            description = "Lists or follows events.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = ListEvents.class)
    public static final class Events {

        /// For picocli.
        public Events() {}
    }

    /// `process-servers list`.
    @Command(name = "list", description = "Lists the process servers and how they do.")
    static final class ListProcessServers implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                List<ProcessServerView> servers = client.processServers();
                if (engine.json()) {
                    engine.print(servers, "");
                    return 0;
                }
                Table table = new Table("PROCESS SERVER", "HOSTS", "PORT", "MACHINES", "HEALTH", "LAST HEARD", "ID");
                for (ProcessServerView server : servers) {
                    table.row(
                            server.name(),
                            String.join(",", server.hosts()),
                            server.replicationPort(),
                            server.machines(),
                            server.health(),
                            server.lastHeartbeat() == null ? "never" : server.lastHeartbeat(),
                            server.id());
                }
                table.print(engine.out());
            }
            return 0;
        }
    }

    /// `jobs list`.
    @Command(name = "list", description = "Lists the newest jobs, newest first.")
    static final class ListJobs implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "How many; ${DEFAULT-VALUE}.")
        private int limit;

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                List<JobView> jobs = client.jobs(limit);
                if (engine.json()) {
                    engine.print(jobs, "");
                    return 0;
                }
                Table table = new Table("JOB", "KIND", "MACHINE", "STATE", "PROGRESS", "CREATED");
                for (JobView job : jobs) {
                    table.row(
                            job.id(),
                            job.kind(),
                            Objects.requireNonNullElse(job.machineName(), "-"),
                            job.state(),
                            Math.round(job.progress() * 100) + " %",
                            job.createdAt());
                }
                table.print(engine.out());
            }
            return 0;
        }
    }

    /// `events list`.
    @Command(name = "list", description = "Lists events, oldest first.")
    static final class ListEvents implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--after", defaultValue = "0", paramLabel = "N", description = "Only events after this number.")
        private long after;

        @Option(names = "--follow", description = "Go on with events as they happen, until Ctrl-C.")
        private boolean follow;

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                if (follow) {
                    try (Stream<Event> events = client.eventStream(after)) {
                        events.forEach(event -> engine.print(event, line(event)));
                    }
                } else if (engine.json()) {
                    engine.out().println(Json.of(client.events(after)));
                } else {
                    client.events(after).forEach(event -> engine.print(event, line(event)));
                }
            }
            return 0;
        }

        private static String line(Event event) {
            return event.number() + "  " + event.time() + "  " + event.severity() + "  " + event.text();
        }
    }
}
