package dev.breakwater.mobility.command;

import com.fasterxml.jackson.databind.SerializationFeature;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.metrics.MachineMetrics;
import dev.breakwater.control.metrics.MetricText;
import dev.breakwater.mobility.status.AgentStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Shows how the mobility service is doing. Ends with 3 if it does not run.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final int NOT_RUNNING = 3;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--metrics",
            description =
                    "Print metrics in the text format of Prometheus, for the textfile collector of node_exporter.")
    private boolean metrics;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var folder = data.folder();
        var registration = folder.requireRegistration();
        boolean running;
        var lock = folder.lock();
        running = lock.isEmpty();
        if (lock.isPresent()) {
            lock.get().close();
        }
        var known = AgentStatus.read(folder.status())
                .orElseGet(() -> new AgentStatus(
                        true, registration.server(), registration.machine(), registration.name(), null, null, null));
        var status = running ? known : known.stopped();
        var out = spec.commandLine().getOut();
        if (metrics) {
            out.print(metrics(status));
            out.flush();
        } else if (json) {
            out.println(ControlJson.mapper()
                    .writer()
                    .with(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(status));
        } else {
            print(out, status);
        }
        return running ? 0 : NOT_RUNNING;
    }

    /// Figures of a service that does not run are old, so only that it does not is said.
    private static String metrics(AgentStatus status) {
        var text = new MetricText();
        text.flag(
                "breakwater_machine_service_up",
                "Whether the mobility service runs.",
                status.running(),
                "machine",
                status.name());
        text.flag(
                "breakwater_machine_server_reachable",
                "Whether the configuration server could be reached the last time.",
                status.running() ? (Boolean) (status.controlProblem() == null) : null,
                "machine",
                status.name());
        if (status.running() && status.replication() != null) {
            MachineMetrics.add(text, status.replication(), status.name());
        }
        return text.render();
    }

    private static void print(PrintWriter out, AgentStatus status) {
        out.println("Mobility service: " + (status.running() ? "running" : "not running"));
        out.println("Machine:          " + status.name() + " (" + status.machine() + ")");
        out.println("Server:           " + status.server()
                + (status.controlProblem() == null ? "" : " (cannot be reached: " + status.controlProblem() + ")"));
        var replication = status.replication();
        if (replication == null) {
            return;
        }
        out.println("State:            " + replication.state() + (status.running() ? "" : " (when it last ran)"));
        for (var disk : replication.disks()) {
            out.printf(
                    "Disk %s: %d of %d bytes done, %d changed, %d sent, tracking by %s%n",
                    disk.id(),
                    disk.doneBytes(),
                    disk.totalBytes(),
                    disk.dirtyBytes(),
                    disk.sentBytes(),
                    disk.tracking());
        }
        if (replication.newestPoint() != null) {
            out.println("Newest point:     " + replication.newestPoint() + " of " + replication.newestPointTime());
        }
        out.println("Spool:            " + replication.spoolBytes() + " bytes");
        replication.remarks().forEach(remark -> out.println("Remark:           " + remark));
    }
}
