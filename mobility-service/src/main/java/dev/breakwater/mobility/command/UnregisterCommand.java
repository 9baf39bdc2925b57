package dev.breakwater.mobility.command;

import dev.breakwater.mobility.registration.Registrar;
import dev.breakwater.mobility.service.LocalCaptures;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "unregister",
        description =
                "Ends the registration: protection ends, tracking and spool are removed from this machine, recovery"
                        + " points stay in the vault.",
        mixinStandardHelpOptions = true)
final class UnregisterCommand implements Callable<Integer> {

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--local", description = "Do not ask the configuration server, for example because it is gone.")
    private boolean local;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var folder = data.folder();
        if (folder.registration().isEmpty() && folder.isUsed()) {
            // Whoever was not told that it has ended asks again.
            spec.commandLine().getOut().println("This machine is not registered; nothing was changed.");
            return 0;
        }
        var registration = folder.requireRegistration();
        var lock = folder.lock();
        if (lock.isEmpty()) {
            throw new IOException("The mobility service runs. Stop it first; nothing was changed.");
        }
        try (var _ = lock.get()) {
            new Registrar(folder)
                    .unregister(
                            local ? null : Registrar.Server.https(), new LocalCaptures(registration.machine())::forget);
        }
        spec.commandLine().getOut().println("This machine is not registered any more.");
        return 0;
    }
}
