package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectRequest;
import dev.breakwater.launcher.terminal.Table;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The group `machines`.
@Command(
        name = "machines",
        description = "Lists, protects and moves machines.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            MachineCommands.ListMachines.class,
            MachineCommands.Protect.class,
            MachineCommands.Unprotect.class,
            MachineCommands.Move.class,
            MachineCommands.ChangePolicy.class,
            MachineCommands.Resynchronise.class,
            MachineCommands.Forget.class,
            RevocationCommands.RevokeMachine.class,
            RevocationCommands.AdmitMachine.class
        })
public final class MachineCommands {

    /// For picocli.
    public MachineCommands() {}

    /// `machines list`.
    @Command(name = "list", description = "Lists the machines and how their protection stands.")
    static final class ListMachines implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                List<MachineView> machines = client.machines();
                if (engine.json()) {
                    engine.print(machines, "");
                    return 0;
                }
                Table table = new Table("MACHINE", "STATE", "HEALTH", "RPO", "POLICY", "PROCESS SERVER", "DISKS", "ID");
                for (MachineView machine : machines) {
                    table.row(
                            machine.name(),
                            machine.state(),
                            machine.health(),
                            machine.rpoSeconds() == null ? "-" : machine.rpoSeconds() + " s",
                            Objects.requireNonNullElse(machine.policy(), "-"),
                            Objects.requireNonNullElse(machine.processServerName(), "-"),
                            String.join(
                                    ",",
                                    machine.disks().stream()
                                            .map(MachineView.ProtectedDisk::device)
                                            .toList()),
                            machine.id());
                }
                table.print(engine.out());
            }
            return 0;
        }
    }

    /// `machines protect`.
    @Command(
            name = "protect",
            description = "Protects disks of a machine: replicates them into the vault and takes recovery points.")
    static final class Protect implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private OrderOptions order = new OrderOptions();

        @Option(
                names = "--disk",
                required = true,
                split = ",",
                paramLabel = "/dev/X",
                description = "The disks, the boot disk first.")
        private List<String> disks = List.of();

        @Option(names = "--policy", paramLabel = "NAME", description = "Replication policy; default if not given.")
        private @Nullable String policy;

        @Option(names = "--process-server", paramLabel = "PS", description = "The least loaded one if not given.")
        private @Nullable String processServer;

        @Override
        public Integer call() throws Exception {
            return order.carryOut(
                    engine,
                    client -> client.protect(order.machine(), new ProtectRequest(disks, policy, processServer)),
                    _ -> order.machine() + " is protected.");
        }
    }

    /// `machines unprotect`.
    @Command(name = "unprotect", description = "Ends the replication of a machine; its points stay in the vault.")
    static final class Unprotect implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private OrderOptions order = new OrderOptions();

        @Override
        public Integer call() throws Exception {
            return order.carryOut(
                    engine,
                    client -> client.unprotect(order.machine()),
                    _ -> order.machine() + " is no longer protected.");
        }
    }

    /// `machines move`.
    @Command(name = "move", description = "Moves a machine to another process server, without resynchronisation.")
    static final class Move implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private OrderOptions order = new OrderOptions();

        @Option(names = "--to", required = true, paramLabel = "PS", description = "Name or id of the process server.")
        private String target = "";

        @Override
        public Integer call() throws Exception {
            return order.carryOut(
                    engine,
                    client -> client.move(order.machine(), target),
                    _ -> order.machine() + " replicates through " + target + ".");
        }
    }

    /// `machines change-policy`.
    @Command(
            name = "change-policy",
            description = "Puts a machine under another policy, without resynchronisation. Points that the new one does"
                    + " not keep are deleted.")
    static final class ChangePolicy implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private OrderOptions order = new OrderOptions();

        @Option(names = "--to", required = true, paramLabel = "NAME", description = "Name of the policy.")
        private String policy = "";

        @Override
        public Integer call() throws Exception {
            return order.carryOut(
                    engine,
                    client -> client.changePolicy(order.machine(), policy),
                    _ -> order.machine() + " follows the policy " + policy + ".");
        }
    }

    /// `machines resynchronise`.
    @Command(name = "resynchronise", description = "Compares a machine with the vault and sends what differs.")
    static final class Resynchronise implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private OrderOptions order = new OrderOptions();

        @Override
        public Integer call() throws Exception {
            return order.carryOut(
                    engine,
                    client -> client.resynchronise(order.machine()),
                    _ -> order.machine() + " is resynchronised.");
        }
    }

    /// `machines forget`.
    @Command(name = "forget", description = "Removes a machine that is not protected; its points stay in the vault.")
    static final class Forget implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Mixin
        private MachineOption machine = new MachineOption();

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                client.forget(machine.reference());
                engine.print(Map.of("forgotten", machine.reference()), machine + " is forgotten.");
            }
            return 0;
        }
    }
}
