package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.launcher.terminal.Table;
import dev.breakwater.launcher.terminal.Times;
import dev.breakwater.model.ReplicationPolicy;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The group `policies`.
@Command(
        name = "policies",
        description = "Lists and creates replication policies.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PolicyCommands.ListPolicies.class, PolicyCommands.Create.class})
public final class PolicyCommands {

    /// For picocli.
    public PolicyCommands() {}

    /// `policies list`.
    @Command(name = "list", description = "Lists the replication policies.")
    static final class ListPolicies implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                List<ReplicationPolicy> policies = client.policies();
                if (engine.json()) {
                    engine.print(policies, "");
                    return 0;
                }
                Table table = new Table("POLICY", "RPO THRESHOLD", "RETENTION", "CRASH-CONSISTENT", "APP-CONSISTENT");
                for (ReplicationPolicy policy : policies) {
                    table.row(
                            policy.name(),
                            Times.format(policy.rpoThreshold()),
                            Times.format(policy.retention()),
                            "every " + Times.format(policy.crashConsistentEvery()),
                            policy.applicationConsistentEvery().isZero()
                                    ? "never"
                                    : "every " + Times.format(policy.applicationConsistentEvery()));
                }
                table.print(engine.out());
            }
            return 0;
        }
    }

    /// `policies create`.
    @Command(name = "create", description = "Creates a replication policy. Times are written 30s, 5m, 24h or 3d.")
    static final class Create implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Unique among policies.")
        private String name = "";

        @Option(
                names = "--rpo-threshold",
                defaultValue = "60m",
                paramLabel = "T",
                description =
                        "Past this age of the" + " newest point an alert is raised; ${DEFAULT-VALUE} if not given.")
        private String rpoThreshold = "";

        @Option(
                names = "--retention",
                defaultValue = "24h",
                paramLabel = "T",
                description = "How long points are kept;" + " up to 15d, ${DEFAULT-VALUE} if not given.")
        private String retention = "";

        @Option(
                names = "--crash-consistent",
                defaultValue = "5m",
                paramLabel = "T",
                description = "Time between" + " crash-consistent points; ${DEFAULT-VALUE} if not given.")
        private String crashConsistent = "";

        @Option(
                names = "--app-consistent",
                defaultValue = "0s",
                paramLabel = "T",
                description = "Time between" + " application-consistent points; none are taken if not given.")
        private String appConsistent = "";

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli fills it
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            ReplicationPolicy policy = policy();
            try (AdminClient client = engine.connect()) {
                engine.print(client.createPolicy(policy), "Policy " + name + " is created.");
            }
            return 0;
        }

        private ReplicationPolicy policy() {
            try {
                return new ReplicationPolicy(
                        name,
                        Times.parse(rpoThreshold),
                        Times.parse(retention),
                        Times.parse(crashConsistent),
                        Times.parse(appConsistent));
            } catch (IllegalArgumentException e) {
                throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }
}
