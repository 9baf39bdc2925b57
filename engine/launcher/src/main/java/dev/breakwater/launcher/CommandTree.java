package dev.breakwater.launcher;

import dev.breakwater.launcher.admin.AuditCommands;
import dev.breakwater.launcher.admin.FailoverCommands;
import dev.breakwater.launcher.admin.MachineCommands;
import dev.breakwater.launcher.admin.PointCommands;
import dev.breakwater.launcher.admin.PolicyCommands;
import dev.breakwater.launcher.admin.ServerCommands;
import dev.breakwater.launcher.admin.UserCommands;
import dev.breakwater.launcher.bench.BenchCommands;
import dev.breakwater.launcher.demo.DemoCommand;
import dev.breakwater.launcher.demo.PracticeCommand;
import dev.breakwater.launcher.diagnostics.DiagnosticsCommand;
import dev.breakwater.launcher.engine.EngineCommands;
import dev.breakwater.launcher.hrl.HrlCommands;
import dev.breakwater.launcher.vault.VaultCommands;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/// The root of the commands. Exit codes: 0 done, 1 failed, 2 not understood.
@Command(
        name = "breakwater",
        description = "Keeps machines recoverable: replicates their disks continuously and starts them elsewhere.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "The script also knows: console (the window for administrators), agent (the mobility service, in a protected",
            "machine) and, in a source tree, test (runs every test), sbom (writes what ships) and setup (installs what is",
            "missing).",
            "Set BREAKWATER_DEBUG=1 to see where an error comes from."
        })
public final class CommandTree {

    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            PracticeCommand.class,
            EngineCommands.class,
            VaultCommands.class,
            MachineCommands.class,
            PolicyCommands.class,
            PointCommands.class,
            FailoverCommands.class,
            ServerCommands.ProcessServers.class,
            ServerCommands.Jobs.class,
            ServerCommands.Events.class,
            UserCommands.class,
            AuditCommands.class,
            HrlCommands.class,
            DiagnosticsCommand.class,
            BenchCommands.class);

    private CommandTree() {}

    /// The command line, ready to execute these arguments. Of the commands it has the one that they name, as
    /// describing all of them takes as long as everything else before a short command begins; it has all if they
    /// name none.
    public static CommandLine create(String... arguments) {
        CommandLine line = new CommandLine(new CommandTree());
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
        addHelp(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(CommandTree::report);
        return line;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getCommandSpec().versionProvider(() -> new String[] {"Breakwater " + version()});
        line.getSubcommands().values().forEach(CommandTree::addHelp);
    }

    /// The version of the program, for people.
    public static String version() {
        String version = CommandTree.class.getPackage().getImplementationVersion();
        return version == null ? "(built from source)" : version;
    }

    private static int report(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (System.getenv("BREAKWATER_DEBUG") != null) {
            failure.printStackTrace(err);
        }
        err.println(Ansi.AUTO.string("@|bold,red Failed:|@ ") + Failures.describe(failure));
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
