package dev.breakwater.launcher.admin;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.launcher.terminal.EngineLocation;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which engine to ask, as whom, and how to print the answer. Every command of the package has these options.
final class EngineOptions {

    @Mixin
    private EngineLocation location = new EngineLocation();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// A connection to the engine.
    AdminClient connect() throws IOException, InterruptedException {
        return location.connect();
    }

    /// Who asks.
    TlsIdentity identity() throws IOException {
        return location.identity();
    }

    /// The engine's address.
    EngineAddress address() throws IOException {
        return location.address();
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
