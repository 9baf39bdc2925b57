package dev.breakwater.launcher.vault;

import dev.breakwater.launcher.terminal.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Creates a vault and shows its recovery key once.
@Command(
        name = "create",
        description = "Creates an empty vault and shows its recovery key, once. Whoever has the vault and this key can"
                + " recover every machine in it; without the key nobody can.")
final class CreateCommand implements Callable<Integer> {

    @Option(
            names = "--location",
            required = true,
            paramLabel = "LOCATION",
            description = "A folder, or azure://ACCOUNT/CONTAINER.")
    private String location = "";

    @Option(
            names = "--write-recovery-key",
            paramLabel = "FILE",
            description = "Also write the key into this new file, readable by you only.")
    private @Nullable Path keyFile;

    @Option(names = "--json", description = "Print JSON: vaultId, location, recoveryKey.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        OpenVault.Created created = OpenVault.create(location, System.getenv());
        if (keyFile != null) {
            OpenVault.writeRecoveryKey(keyFile, created.recoveryKey());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("vaultId", created.vaultId());
            fields.put("location", location);
            fields.put("recoveryKey", created.recoveryKey());
            out.println(Json.of(fields));
        } else {
            out.println("Vault " + created.vaultId() + " is created at " + location + ".");
            out.println();
            out.println("Recovery key:  " + created.recoveryKey());
            out.println();
            out.println("It is shown this once. Keep it apart from the vault: on paper, or in a password safe.");
        }
        return 0;
    }
}
