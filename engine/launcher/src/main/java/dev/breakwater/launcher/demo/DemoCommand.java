package dev.breakwater.launcher.demo;

import dev.breakwater.launcher.process.Interruption;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.terminal.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the demonstration.
@Command(
        name = "demo",
        description =
                "Protects a practice machine that is being written to, replicates it, recovers it and compares what"
                        + " came back, byte for byte; with a display the console shows it. Takes a few minutes and leaves"
                        + " nothing but what --keep asks for.")
public final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--headless",
            description =
                    "Print plain lines, no progress bar, and open no window. Without a display there is none anyway.")
    private boolean headless;

    @Mixin
    private PracticeOptions machine = new PracticeOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the summary into this file.")
    private @Nullable Path json;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep source copies taken while frozen, vault, recovery key, serial logs and screenshots"
                    + " here, so that a stranger can compare.")
    private @Nullable Path keep;

    @Option(
            names = "--vault",
            defaultValue = "folder",
            paramLabel = "KIND",
            description = "Where the vault lies: folder (the default) or azurite, an emulated Azure Blob Storage.")
    private String vault = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// For picocli.
    public DemoCommand() {}

    @Override
    public Integer call() throws Exception {
        DemoOptions options = options();
        DemoSummary summary;
        try (var _ = new Interruption()) {
            summary = new Demo(options, new Narrator(System.out, !headless && Screen.interactive())).run();
        }
        if (json != null) {
            Files.writeString(json, Json.of(summary) + "\n");
        }
        System.out.println();
        System.out.println(Json.of(summary));
        boolean good =
                summary.testFailover().booted() && summary.verified().byteForByte() && summary.vaultOnlyRecovery();
        System.out.println(good ? "\nThe machine came back as it was." : "\nNOT everything came back; see above.");
        return good ? 0 : 1;
    }

    private DemoOptions options() {
        if (!vault.equals("folder") && !vault.equals("azurite")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--vault must be folder or azurite, but is " + vault + ".");
        }
        return new DemoOptions(
                machine.sizeBytes(),
                machine.content(),
                keep,
                vault.equals("azurite"),
                !headless && DemoWindow.possible(System.getenv()));
    }
}
