package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.JobView;
import java.io.IOException;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a command has that orders a job about a machine: the machine, and whether to wait for the end.
final class OrderOptions {

    @Mixin
    private MachineOption machine = new MachineOption();

    @Option(names = "--wait", description = "Wait for the end and show what came of it.")
    private boolean wait;

    /// Asks for a job.
    interface Order {
        JobView by(AdminClient client) throws IOException, InterruptedException;
    }

    /// Name or identity of the machine.
    String machine() {
        return machine.reference();
    }

    /// Orders the job and, if that is wanted, waits for it.
    ///
    /// @param done what to say when it has succeeded
    /// @return the command's exit code
    int carryOut(EngineOptions engine, Order order, Function<JobView, String> done) throws Exception {
        return carryOut(engine, order, job -> job, done);
    }

    /// As [#carryOut(EngineOptions, Order, Function)], with something else than the job as the result.
    int carryOut(EngineOptions engine, Order order, Function<JobView, Object> result, Function<JobView, String> done)
            throws Exception {
        try (AdminClient client = engine.connect()) {
            return JobOutput.finish(engine, client, order.by(client), wait, result, done);
        }
    }
}
