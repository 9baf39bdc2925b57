package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.control.processserver.ProcessServerHealth.ActiveThrottle;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.launcher.terminal.Sizes;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `process-servers throttle`.
@Command(
        name = "throttle",
        description = {
            "Limits what the machines of a process server send to it, by day of the week and time of day; without a"
                    + " schedule it shows the limits.",
            "A point whose changes fit into what a machine may send ahead (1 to 16 MiB) closes as before; larger ones"
                    + " take as long as the limit lets them, and the RPO grows by that."
        })
final class ThrottleCommand implements Callable<Integer> {

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--process-server", required = true, paramLabel = "PS", description = "Its name or id.")
    private String processServer = "";

    @ArgGroup
    private @Nullable Change change;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of the schedule, for example Europe/Berlin; this computer's if not given.")
    private @Nullable String zone;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// Either of them.
    static final class Change {
        @Option(
                names = "--schedule",
                paramLabel = "RULES",
                description = "For example: Mo-Fr 08:00-18:00 20MB/s; Sa,Su 10:00-14:00 400Mbit/s")
        private @Nullable String schedule;

        @Option(names = "--off", description = "Lift the limits.")
        private boolean off;
    }

    @Override
    public Integer call() throws Exception {
        try (AdminClient client = engine.connect()) {
            ProcessServerView server = changed(client);
            engine.print(server, describe(server));
        }
        return 0;
    }

    private ProcessServerView changed(AdminClient client) throws Exception {
        if (change == null) {
            return client.processServers().stream()
                    .filter(server -> server.name().equals(processServer)
                            || server.id().toString().equalsIgnoreCase(processServer))
                    .findFirst()
                    .orElseThrow(() -> new java.io.IOException("There is no process server " + processServer
                            + ". List them with `breakwater process-servers list`."));
        }
        return change.off || change.schedule == null
                ? client.liftThrottle(processServer)
                : client.throttle(processServer, setting(change.schedule));
    }

    private ThrottleSetting setting(String schedule) {
        try {
            return new ThrottleSetting(
                    schedule, zone == null ? ZoneId.systemDefault().getId() : zone);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static String describe(ProcessServerView server) {
        ThrottleSetting setting = server.throttle();
        if (setting == null) {
            return server.name() + " takes what its machines send without a limit.";
        }
        return server.name() + " limits what its machines send: " + setting.schedule() + " (" + setting.zone()
                + ").\nNow: " + inForce(server);
    }

    /// The limit in force, for people.
    static String inForce(ProcessServerView server) {
        if (server.figures() == null) {
            return server.throttle() == null ? "-" : "unknown";
        }
        ActiveThrottle active = server.figures().throttle();
        return active == null
                ? "-"
                : Sizes.format(active.bytesPerSecond()) + "/s"
                        + (active.until() == null ? "" : " until " + active.until());
    }
}
