package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.CleanUpRequest;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.TestFailoverRequest;
import dev.breakwater.control.admin.TestFailoverResult;
import dev.breakwater.control.admin.TestOutcome;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The group `failover`.
@Command(
        name = "failover",
        description = "Starts a machine from a recovery point, in isolation, and cleans up afterwards.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FailoverCommands.Test.class, FailoverCommands.CleanUp.class})
public final class FailoverCommands {

    /// For picocli.
    public FailoverCommands() {}

    /// `failover test`.
    @Command(
            name = "test",
            description = "Test failover: the machine starts in an isolated network while its replication goes on.")
    static final class Test implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private OrderOptions order = new OrderOptions();

        @Option(
                names = "--point",
                defaultValue = TestFailoverRequest.LATEST,
                paramLabel = "P",
                description = "Id of the point, or latest (the default).")
        private String point = "";

        @Option(
                names = "--probe-http",
                paramLabel = "PORT:PATH",
                description = "The machine counts as booted when it answers this.")
        private @Nullable String probeHttp;

        @Option(
                names = "--probe-serial",
                paramLabel = "TEXT",
                description = "The machine counts as booted when this text is on its serial line.")
        private @Nullable String probeSerial;

        @Option(
                names = "--timeout",
                paramLabel = "S",
                description = "How long it may take to come up; 300 s if not" + " given.")
        private @Nullable Integer timeoutSeconds;

        @Override
        public Integer call() throws Exception {
            AtomicBoolean booted = new AtomicBoolean(true);
            int code = order.carryOut(
                    engine,
                    client -> client.testFailover(
                            order.machine(), new TestFailoverRequest(point, probeHttp, probeSerial, timeoutSeconds)),
                    Test::result,
                    job -> {
                        booted.set(result(job).booted());
                        return describe(order.machine(), result(job));
                    });
            return booted.get() ? code : 1;
        }

        private static TestFailoverResult result(JobView job) {
            return Objects.requireNonNull(job.result().testFailover(), "the job has no result");
        }

        private static String describe(String machine, TestFailoverResult result) {
            return (result.booted()
                            ? String.format(
                                    "%s is up from point %s: %.1f s after power-on, %.1f s after the order (%s).",
                                    machine,
                                    result.point(),
                                    result.bootSeconds(),
                                    result.rtoSeconds(),
                                    result.accelerator())
                            : machine + " did not come up from point " + result.point() + ".")
                    + (result.probe() == null || result.probe().content() == null
                            ? ""
                            : "\nIt answered: " + result.probe().content())
                    + "\nClean up with:  breakwater failover cleanup --machine " + machine;
        }
    }

    /// `succeeded` or `not-as-expected`.
    static final class OutcomeWord implements ITypeConverter<TestOutcome> {
        @Override
        public TestOutcome convert(String word) {
            return TestOutcome.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /// `failover cleanup`.
    @Command(name = "cleanup", description = "Removes the machine of a test failover and everything made for it.")
    static final class CleanUp implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private MachineOption machine = new MachineOption();

        @Option(
                names = "--wait",
                negatable = true,
                defaultValue = "true",
                fallbackValue = "true",
                description = "Wait until it is done (the default).")
        private boolean wait;

        @Option(
                names = "--outcome",
                paramLabel = "O",
                converter = OutcomeWord.class,
                description =
                        "What the test showed: succeeded or not-as-expected. It counts as what its probes found if"
                                + " not given.")
        private @Nullable TestOutcome outcome;

        @Option(
                names = "--notes",
                paramLabel = "TEXT",
                description = "What somebody should know of the test later, at most " + CleanUpRequest.MAX_NOTES
                        + " characters.")
        private @Nullable String notes;

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                return JobOutput.finish(
                        engine,
                        client,
                        client.cleanUpTestFailover(machine.reference(), new CleanUpRequest(outcome, notes)),
                        wait,
                        job -> job,
                        _ -> "The test failover of " + machine + " is cleaned up.");
            }
        }
    }
}
