package dev.breakwater.launcher.admin;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which engine to ask, as whom, and how to print the answer. Every command of the package has these options.
final class EngineOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:BREAKWATER_DATA:-/var/lib/breakwater/engine}",
            description = "Folder of the engine, or of a user (see users issue); certificate and address are read from"
                    + " there. ${DEFAULT-VALUE} if not given.")
    private Path data = Path.of("");

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "Address of the engine, if not where the folder says.")
    private @Nullable String server;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// A connection to the engine.
    AdminClient connect() throws IOException, InterruptedException {
        return EngineAccess.connect(data, server == null ? null : EngineAddress.parse(server));
    }

    /// Who asks.
    TlsIdentity identity() throws IOException {
        return EngineAccess.identity(data);
    }

    /// The engine's address.
    EngineAddress address() throws IOException {
        return server == null ? EngineAccess.address(data) : EngineAddress.parse(server);
    }

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// Prints the value as JSON, or the text if JSON is not wanted.
    void print(Object value, String text) {
        out().println(json ? Json.of(value) : text);
        out().flush();
    }
}
