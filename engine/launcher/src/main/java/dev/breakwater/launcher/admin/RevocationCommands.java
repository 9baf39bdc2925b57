package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `revoke` and `admit` of machines and process servers.
final class RevocationCommands {

    private RevocationCommands() {}

    /// What the engine is asked to do about one certificate's owner.
    @FunctionalInterface
    interface Order {
        void give(AdminClient client, String target) throws IOException, InterruptedException;
    }

    /// One order about one target.
    abstract static class Ruling implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        /// Gives the order and tells of it.
        ///
        /// @param done what the JSON calls it
        /// @param told what people are told
        final int carryOut(Order order, String target, String done, String told)
                throws IOException, InterruptedException {
            try (AdminClient client = engine.connect()) {
                order.give(client, target);
                engine.print(Map.of(done, target), told);
            }
            return 0;
        }
    }

    /// An order about a machine.
    abstract static class OfMachine extends Ruling {

        @Option(names = "--machine", required = true, paramLabel = "MACHINE", description = "Name or identity.")
        String machine = "";
    }

    /// An order about a process server.
    abstract static class OfProcessServer extends Ruling {

        @Option(names = "--process-server", required = true, paramLabel = "NAME", description = "Name or identity.")
        String server = "";
    }

    /// `machines revoke`.
    @Command(
            name = "revoke",
            description =
                    "Refuses a machine's certificate from now on and closes its connections. Points stay, protection"
                            + " stays ordered; it comes back after `machines admit` by registering again.")
    static final class RevokeMachine extends OfMachine {

        @Override
        public Integer call() throws Exception {
            return carryOut(
                    AdminClient::revokeMachine,
                    machine,
                    "revoked",
                    "The machine " + machine + " is refused from now on.");
        }
    }

    /// `machines admit`.
    @Command(
            name = "admit",
            description =
                    "Lets a machine that was revoked, or has lost its key, register again under its identity within"
                            + " an hour.")
    static final class AdmitMachine extends OfMachine {

        @Override
        public Integer call() throws Exception {
            return carryOut(
                    AdminClient::admitMachine,
                    machine,
                    "admitted",
                    "The machine " + machine
                            + " may register again: run `breakwater agent register` on it within an hour.");
        }
    }

    /// `process-servers revoke`.
    @Command(
            name = "revoke",
            description =
                    "Refuses a process server's certificate from now on. It gets no keys any more, and machines send"
                            + " it nothing; move them to another.")
    static final class RevokeProcessServer extends OfProcessServer {

        @Override
        public Integer call() throws Exception {
            return carryOut(
                    AdminClient::revokeProcessServer,
                    server,
                    "revoked",
                    "The process server " + server + " is refused from now on.");
        }
    }

    /// `process-servers admit`.
    @Command(
            name = "admit",
            description =
                    "Lets a process server that was revoked, or has lost its key, register again under its identity"
                            + " within an hour.")
    static final class AdmitProcessServer extends OfProcessServer {

        @Override
        public Integer call() throws Exception {
            return carryOut(
                    AdminClient::admitProcessServer,
                    server,
                    "admitted",
                    "The process server " + server + " may register again: start it within an hour.");
        }
    }
}
