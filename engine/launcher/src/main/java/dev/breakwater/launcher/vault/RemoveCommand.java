package dev.breakwater.launcher.vault;

import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.vault.MachineRemoval;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Deletes a machine's recovery points for good.
@Command(
        name = "remove",
        description = "Deletes all recovery points of a machine that is no longer protected, its keys last: nobody can"
                + " recover it afterwards. Without this, points of a machine whose protection has ended are thinned out for"
                + " 15 days, and the newest stays.")
final class RemoveCommand implements Callable<Integer> {

    @Mixin
    private VaultOptions vault = new VaultOptions();

    @Option(names = "--machine", required = true, paramLabel = "M", description = "Which machine (name or id).")
    private String machine = "";

    @Option(names = "--yes", description = "Really delete. Without it the command says what it would delete.")
    private boolean yes;

    @Option(names = "--json", description = "Print JSON: machine, removed, deletedObjects.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (OpenVault opened = vault.open()) {
            OpenVault.KnownMachine known = opened.machine(machine);
            MachineRemoval removal = new MachineRemoval(opened.vault(), known.id());
            Optional<String> obstacle = removal.obstacle();
            if (obstacle.isPresent()) {
                throw new IOException("The machine " + known.name() + " was left as it is: " + obstacle.get() + ".");
            }
            long deleted = yes ? removal.run() : 0;
            if (json) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("machine", known.id().toString());
                result.put("removed", yes);
                result.put("deletedObjects", deleted);
                out.println(Json.of(result));
            } else {
                out.println(
                        yes
                                ? "The machine " + known.name() + " is gone: " + deleted + " objects were deleted."
                                : "Nothing was deleted. With --yes, all recovery points of " + known.name() + " ("
                                        + known.id() + ") are.");
            }
        }
        return 0;
    }
}
