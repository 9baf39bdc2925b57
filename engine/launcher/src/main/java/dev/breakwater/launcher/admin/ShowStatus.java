package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.EngineStatus;
import dev.breakwater.control.admin.Problem;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `engine status`.
@Command(name = "status", description = "Shows how the engine is.")
public final class ShowStatus implements Callable<Integer> {

    @Mixin
    private EngineOptions engine = new EngineOptions();

    /// For picocli.
    public ShowStatus() {}

    @Override
    public Integer call() throws Exception {
        try (AdminClient client = engine.connect()) {
            EngineStatus status = client.status();
            engine.print(
                    status,
                    "Engine " + status.version() + ", running since " + status.startedAt() + ", health "
                            + status.health() + "\nVault " + status.vaultId() + " at " + status.vaultLocation() + "\n"
                            + status.machines() + " machines, " + status.protectedMachines() + " protected; "
                            + status.processServers() + " process servers; " + status.runningJobs() + " running jobs"
                            + lines(status.problems().stream()
                                    .map(Problem::text)
                                    .toList())
                            + lines(status.notes()));
        }
        return 0;
    }

    private static String lines(List<String> texts) {
        return texts.isEmpty() ? "" : "\n" + String.join("\n", texts);
    }
}
