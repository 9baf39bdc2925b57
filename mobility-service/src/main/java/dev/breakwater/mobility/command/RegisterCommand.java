package dev.breakwater.mobility.command;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.registration.RegistrationClient;
import dev.breakwater.control.registration.RegistrationProof;
import dev.breakwater.control.registration.SecretKind;
import dev.breakwater.mobility.registration.AgentFolder;
import dev.breakwater.mobility.registration.Registrar;
import dev.breakwater.platform.Entropy;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "register",
        description = "Registers this machine with a configuration server. Registering anew keeps its identity.",
        mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {

    /// Far more than a passphrase has.
    private static final long MAX_PASSPHRASE_BYTES = 4096;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            required = true,
            description = "The configuration server. Default port: 443")
    @SuppressWarnings("NullAway.Init") // required
    private String server;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            required = true,
            description = "A file with the passphrase that `breakwater engine passphrase` shows. It is not kept.")
    @SuppressWarnings("NullAway.Init") // required
    private Path passphraseFile;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call this machine. Default: its host name")
    private @Nullable String name;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        String passphrase = passphrase();
        var address = EngineAddress.parse(server);
        var client = new RegistrationClient(
                address, SecretKind.PASSPHRASE, RegistrationProof.byPassphrase(passphrase), Entropy.system());
        data.folder().create();
        var lock = data.folder().lock();
        if (lock.isEmpty()) {
            throw new IOException("The mobility service runs, and would go on with its old certificate, which a new"
                    + " registration ends. Nothing was changed. Stop it, register, and start it again.");
        }
        AgentFolder.Registration registration;
        try (var _ = lock.get()) {
            registration = new Registrar(data.folder()).register(client, name);
        }
        spec.commandLine()
                .getOut()
                .println("Registered as " + registration.name() + " (" + registration.machine() + ") with "
                        + registration.server() + ".");
        return 0;
    }

    private String passphrase() throws IOException {
        String reason;
        try {
            if (Files.size(passphraseFile) <= MAX_PASSPHRASE_BYTES) {
                return Files.readString(passphraseFile).strip();
            }
            reason = "is too large to hold a passphrase";
        } catch (NoSuchFileException e) {
            reason = "does not exist";
        } catch (MalformedInputException e) {
            reason = "holds no text";
        }
        throw new IOException("The passphrase's file " + passphraseFile + " " + reason
                + ", so this machine was not registered. Write what `breakwater engine passphrase` shows into a file.");
    }
}
