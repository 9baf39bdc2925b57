package dev.breakwater.launcher.vault;

import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.KeyRotation;
import dev.breakwater.vault.VaultException;
import dev.breakwater.vault.blob.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Replaces a vault's recovery key and the key under it.
@Command(
        name = "rotate-key",
        description =
                "Replaces the recovery key and the vault's own key by new ones. From then on only the new recovery"
                        + " key opens the vault; what is written from the engine's next start on is sealed with new keys. Points"
                        + " written before stay readable, with the new key as well. Stop the engine before, and start it once"
                        + " with --recovery-key-file and the new key.")
final class RotateKeyCommand implements Callable<Integer> {

    @Mixin
    private VaultOptions options = new VaultOptions();

    @Option(
            names = "--write-recovery-key",
            required = true,
            paramLabel = "FILE",
            description =
                    "New file for the new recovery key, readable by you only. It is written before anything in the"
                            + " vault changes.")
    private Path keyFile = Path.of("");

    @Option(names = "--json", description = "Print JSON: vaultId, location, epoch, recoveryKeyFile.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (Files.exists(keyFile) && isNewest()) {
            return 0;
        }
        try (OpenVault opened = options.open()) {
            KeyRotation rotation = KeyRotation.of(opened.vault(), Entropy.system(), InstantSource.system());
            OpenVault.writeRecoveryKey(keyFile, rotation.recoveryKey().reveal());
            if (!OpenVault.readRecoveryKey(keyFile).equals(rotation.recoveryKey())) {
                throw new IOException(
                        "The file " + keyFile + " does not hold what was written into it, so the keys were"
                                + " not rotated and the old recovery key stays good. Name a file on a sound disk.");
            }
            commit(rotation);
            tell(
                    opened.vault().id(),
                    rotation.epoch(),
                    "The keys of vault " + opened.vault().id() + " are rotated.");
        }
        return 0;
    }

    private void commit(KeyRotation rotation) throws IOException {
        try {
            rotation.commit();
        } catch (StoreException e) {
            throw new IOException(
                    "It is not known whether the keys were rotated: " + e.getMessage()
                            + " Exactly one of the two recovery"
                            + " keys opens the vault. Keep both files, and repeat this command as it was once the"
                            + " store answers: it says which.",
                    e);
        }
    }

    /// Whether an earlier try with the same file got through. If it did not, the file is in the way of another try.
    private boolean isNewest() throws IOException {
        try (OpenVault opened = OpenVault.open(options.location, System.getenv(), keyFile)) {
            if (OpenVault.readRecoveryKey(options.recoveryKeyFile).equals(OpenVault.readRecoveryKey(keyFile))) {
                throw new IOException(
                        "The file " + keyFile + " holds the present recovery key, so nothing was done. Name"
                                + " a new file for the new one.");
            }
            tell(
                    opened.vault().id(),
                    opened.vault().epoch(),
                    "The recovery key in " + keyFile + " opens vault "
                            + opened.vault().id() + ": its keys are rotated already, nothing was done now.");
            return true;
        } catch (VaultException e) {
            throw new IOException(
                    "The keys were not rotated: there is a file " + keyFile
                            + " already, and what it holds does not open"
                            + " the vault. If it is left from a try that failed, remove it; the old recovery key is good"
                            + " still. " + e.getMessage(),
                    e);
        }
    }

    private void tell(VaultId vault, int epoch, String done) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("vaultId", vault);
            fields.put("location", options.location);
            fields.put("epoch", epoch);
            fields.put("recoveryKeyFile", keyFile.toAbsolutePath().toString());
            out.println(Json.of(fields));
            return;
        }
        out.println(done + " Epoch " + epoch + ".");
        out.println("The new recovery key is in " + keyFile
                + ". Keep it apart from the vault; the old one opens nothing" + " any more.");
        out.println("Now start the engine once with --recovery-key-file " + keyFile + ". Until then it seals with the"
                + " old keys, and refuses to start without.");
        out.println("What was written before can still be read by somebody who has the old key and a copy of the vault."
                + " If the old key leaked, change the store's credentials as well.");
    }
}
