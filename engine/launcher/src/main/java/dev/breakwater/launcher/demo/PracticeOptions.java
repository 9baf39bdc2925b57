package dev.breakwater.launcher.demo;

import dev.breakwater.launcher.terminal.Sizes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What the practice machine shall be like.
final class PracticeOptions {

    private static final long SMALLEST = 128L << 20;
    private static final long MIB = 1L << 20;

    @Option(
            names = "--size",
            defaultValue = "1GiB",
            paramLabel = "SIZE",
            description = "Size of the practice machine's disk; ${DEFAULT-VALUE} if not given, at least 128MiB.")
    private String size = "";

    @Option(
            names = "--content",
            defaultValue = "Breakwater keeps this page recoverable.",
            paramLabel = "TEXT",
            description = "What the practice machine serves over HTTP.")
    private String content = "";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    long sizeBytes() {
        long bytes;
        try {
            bytes = Sizes.parse(size);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (bytes < SMALLEST || bytes % MIB != 0) {
            throw new ParameterException(
                    spec.commandLine(), "--size must be whole MiB, and at least 128MiB, but is " + size + ".");
        }
        return bytes;
    }

    String content() {
        return content;
    }
}
