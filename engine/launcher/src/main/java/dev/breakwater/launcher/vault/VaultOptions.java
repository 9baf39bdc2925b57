package dev.breakwater.launcher.vault;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which vault, and what opens it.
final class VaultOptions {

    @Option(
            names = "--location",
            required = true,
            paramLabel = "LOCATION",
            description = {
                "A folder, or azure://ACCOUNT/CONTAINER (credentials come from AZURE_STORAGE_CONNECTION_STRING or"
                        + " AZURE_STORAGE_SAS_TOKEN)."
            })
    String location = "";

    @Option(
            names = "--recovery-key-file",
            required = true,
            paramLabel = "FILE",
            description = "File with the recovery key that was shown when the vault was created.")
    Path recoveryKeyFile = Path.of("");

    OpenVault open() throws Exception {
        return OpenVault.open(location, System.getenv(), recoveryKeyFile);
    }
}
