package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `revoke` and `admit` of machines and process servers.
final class RevocationCommands {

    private RevocationCommands() {}

    /// `machines revoke`.
    @Command(
            name = "revoke",
            description =
                    "Refuses a machine's certificate from now on and closes its connections. Points stay, protection"
                            + " stays ordered; it comes back after `machines admit` by registering again.")
    static final class RevokeMachine implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--machine", required = true, paramLabel = "MACHINE", description = "Name or identity.")
        private String machine = "";

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                client.revokeMachine(machine);
                engine.print(Map.of("revoked", machine), "The machine " + machine + " is refused from now on.");
            }
            return 0;
        }
    }

    /// `machines admit`.
    @Command(
            name = "admit",
            description =
                    "Lets a machine that was revoked, or has lost its key, register again under its identity within"
                            + " an hour.")
    static final class AdmitMachine implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--machine", required = true, paramLabel = "MACHINE", description = "Name or identity.")
        private String machine = "";

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                client.admitMachine(machine);
                engine.print(
                        Map.of("admitted", machine),
                        "The machine " + machine
                                + " may register again: run `breakwater agent register` on it within an" + " hour.");
            }
            return 0;
        }
    }

    /// `process-servers revoke`.
    @Command(
            name = "revoke",
            description =
                    "Refuses a process server's certificate from now on. It gets no keys any more, and machines send"
                            + " it nothing; move them to another.")
    static final class RevokeProcessServer implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--process-server", required = true, paramLabel = "NAME", description = "Name or identity.")
        private String server = "";

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                client.revokeProcessServer(server);
                engine.print(Map.of("revoked", server), "The process server " + server + " is refused from now on.");
            }
            return 0;
        }
    }

    /// `process-servers admit`.
    @Command(
            name = "admit",
            description =
                    "Lets a process server that was revoked, or has lost its key, register again under its identity"
                            + " within an hour.")
    static final class AdmitProcessServer implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(names = "--process-server", required = true, paramLabel = "NAME", description = "Name or identity.")
        private String server = "";

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                client.admitProcessServer(server);
                engine.print(
                        Map.of("admitted", server),
                        "The process server " + server + " may register again: start it within an hour.");
            }
            return 0;
        }
    }
}
