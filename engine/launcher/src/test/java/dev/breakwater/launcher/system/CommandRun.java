package dev.breakwater.launcher.system;

import dev.breakwater.launcher.CommandTree;
import dev.breakwater.mobility.command.AgentCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;

/// A command that somebody ran to its end.
///
/// @param exit its exit status
/// @param text what it printed
record CommandRun(int exit, String text) {

    /// No command of a test takes longer that does its work.
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int TAIL = 4000;

    /// Runs a command of the engine in this JVM: one of its own would compute for seconds before its first line.
    static CommandRun ofEngine(Path output, String... arguments) {
        return run(CommandTree.create(arguments), output, arguments);
    }

    /// Runs a command of the mobility service in this JVM.
    static CommandRun ofMobilityService(Path output, String... arguments) {
        return run(AgentCommand.commandLine(), output, arguments);
    }

    /// Waits for the end of a command that runs in a process of its own.
    static CommandRun of(Subprocess command) {
        return new CommandRun(command.await(LIMIT), command.text());
    }

    private static CommandRun run(CommandLine line, Path output, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter printed = new PrintWriter(text, true);
        line.setOut(printed).setErr(printed);
        try {
            int exit = Meanwhile.run(() -> line.execute(arguments)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            Files.writeString(output, text.toString());
            return new CommandRun(exit, text.toString());
        } catch (TimeoutException e) {
            throw new AssertionError(List.of(arguments) + " did not end within " + LIMIT + ": " + text, e);
        } catch (ExecutionException e) {
            throw new AssertionError(List.of(arguments) + " failed unheard: " + text, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean succeeded() {
        return exit == 0;
    }

    /// The end of what it printed, enough for a failure's message.
    String tail() {
        return text.substring(Math.max(0, text.length() - TAIL));
    }
}
