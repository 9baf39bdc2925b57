package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `engine passphrase`.
@Command(name = "passphrase", description = "Shows what machines register with.")
public final class ShowPassphrase implements Callable<Integer> {

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--rotate", description = "Draw a new one; the old one is refused from now on.")
    private boolean rotate;

    /// For picocli.
    public ShowPassphrase() {}

    @Override
    public Integer call() throws Exception {
        try (AdminClient client = engine.connect()) {
            String passphrase = rotate ? client.rotatePassphrase() : client.passphrase();
            engine.print(Map.of("passphrase", passphrase), passphrase);
        }
        return 0;
    }
}
