package dev.breakwater.launcher.vault;

import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.model.MachineId;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.check.CheckDepth;
import dev.breakwater.vault.check.CheckSummary;
import dev.breakwater.vault.check.Finding;
import dev.breakwater.vault.check.VaultCheck;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Checks a vault.
@Command(
        name = "check",
        description =
                "Checks a vault: the chain of every log, every page of every index, and that every object is there;"
                        + " with --data also every byte. Names each thing that is wrong. Exit code 1 if a point cannot be"
                        + " recovered entirely, or someone changed the vault.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private VaultOptions vault = new VaultOptions();

    @Option(names = "--machine", paramLabel = "M", description = "Only this machine (name or id).")
    private @Nullable String machine;

    @Option(names = "--data", description = "Also open every frame and compare every block with its digest.")
    private boolean data;

    @Option(
            names = "--witness",
            paramLabel = "MACHINE=SLOT",
            description = "A slot known to have been durable, for example from the mobility service: shows whether the"
                    + " whole vault was rolled back.")
    private Map<String, Long> witnesses = Map.of();

    @Option(names = "--json", description = "Print JSON: summary, findings.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// A finding as it is printed.
    record Found(String kind, String severity, String machine, String message) {

        static Found of(Finding finding) {
            return new Found(
                    finding.kind(), finding.severity().name(), finding.machine().toString(), finding.message());
        }
    }

    @Override
    public Integer call() throws Exception {
        List<Found> findings = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        CheckSummary summary;
        try (OpenVault opened = vault.open()) {
            summary = check(opened, finding -> {
                findings.add(Found.of(finding));
                if (!json) {
                    out.println(finding.severity() + "  " + finding.kind() + ": " + finding.message());
                    out.flush();
                }
            });
        }
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("sound", summary.critical() == 0);
            result.put("summary", summary);
            result.put("findings", findings);
            out.println(Json.of(result));
        } else {
            out.println(summary.machines() + " machines, " + summary.points() + " points, " + summary.pages()
                    + " pages, " + summary.frames() + " frames checked: " + summary.findings() + " findings, "
                    + summary.critical() + " critical. Roll-back of the whole vault could be told for "
                    + summary.witnesses() + " machines.");
        }
        return summary.critical() == 0 ? 0 : 1;
    }

    private CheckSummary check(OpenVault opened, java.util.function.Consumer<Finding> findings) throws Exception {
        Vault of = opened.vault();
        Map<MachineId, Long> known = new LinkedHashMap<>();
        for (Map.Entry<String, Long> witness : witnesses.entrySet()) {
            known.put(opened.machine(witness.getKey()).id(), witness.getValue());
        }
        VaultCheck check = new VaultCheck(of.store(), of.id(), of.keyRing());
        CheckDepth depth = data ? CheckDepth.DATA : CheckDepth.STRUCTURE;
        return machine == null
                ? check.run(depth, known, findings)
                : check.run(List.of(opened.machine(machine).id()), depth, known, findings);
    }
}
