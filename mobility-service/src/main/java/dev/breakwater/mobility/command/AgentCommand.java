package dev.breakwater.mobility.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `breakwater agent`: the parent of the commands.
@Command(
        name = "agent",
        description = "The mobility service: the program inside a protected machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RegisterCommand.class,
            RunCommand.class,
            StatusCommand.class,
            DiagnosticsCommand.class,
            UnregisterCommand.class
        })
public final class AgentCommand implements Runnable {

    /// A cause below this depth tells an administrator nothing new.
    private static final int MAX_CAUSES = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /// Made by [#commandLine].
    AgentCommand() {}

    /// The whole command line.
    public static CommandLine commandLine() {
        return new CommandLine(new AgentCommand())
                .setCommandName("breakwater agent")
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("breakwater agent: " + describe(failure));
                    return 1;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    private static String describe(Throwable failure) {
        var text = new StringBuilder();
        Throwable current = failure;
        for (int i = 0; i < MAX_CAUSES && current != null; i++) {
            String message = current.getMessage() == null ? current.getClass().getSimpleName() : current.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : " Cause: ").append(message);
            }
            current = current.getCause();
        }
        return text.toString();
    }
}
