package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.PointRequest;
import dev.breakwater.launcher.terminal.Sizes;
import dev.breakwater.launcher.terminal.Table;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The group `points`.
@Command(
        name = "points",
        description = "Lists and takes recovery points.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PointCommands.ListPoints.class, PointCommands.Create.class})
public final class PointCommands {

    /// For picocli.
    public PointCommands() {}

    /// `points list`.
    @Command(name = "list", description = "Lists the recovery points of a machine, oldest first.")
    static final class ListPoints implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private MachineOption machine = new MachineOption();

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                List<RecoveryPoint> points = client.points(machine.reference());
                if (engine.json()) {
                    engine.print(points, "");
                    return 0;
                }
                Table table = new Table("POINT", "TIME", "TYPE", "FREEZE", "STALL", "CHANGED", "REMARKS");
                for (RecoveryPoint point : points) {
                    table.row(
                            point.id(),
                            point.time(),
                            point.type(),
                            point.freezeMillis() + " ms",
                            point.stallMillis() + " ms",
                            Sizes.format(point.changedBytes()),
                            String.join("; ", point.remarks()));
                }
                table.print(engine.out());
            }
            return 0;
        }
    }

    /// `points create`.
    @Command(name = "create", description = "Takes a recovery point of a machine now.")
    static final class Create implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private OrderOptions order = new OrderOptions();

        @Option(
                names = "--type",
                paramLabel = "TYPE",
                description = "One of ${COMPLETION-CANDIDATES}; CRASH_CONSISTENT if not given.")
        private @Nullable PointType type;

        @Option(
                names = "--run-frozen",
                paramLabel = "COMMAND",
                description = "Run this on the machine (sh -c) while its file systems stand still.")
        private @Nullable String runFrozen;

        @Option(
                names = "--timeout",
                paramLabel = "S",
                description = "How many seconds --run-frozen may take; then the file systems thaw and the point fails.")
        private @Nullable Integer timeoutSeconds;

        @Override
        public Integer call() throws Exception {
            return order.carryOut(
                    engine,
                    client -> client.createPoint(order.machine(), new PointRequest(type, runFrozen, timeoutSeconds)),
                    Create::point,
                    job -> "Point " + point(job).id() + " (" + point(job).type() + ") is durable; the file systems"
                            + " stood still for " + point(job).freezeMillis() + " ms. "
                            + String.join(" ", point(job).remarks()));
        }

        private static RecoveryPoint point(JobView job) {
            return Objects.requireNonNull(job.result().point(), "the job has no point");
        }
    }
}
