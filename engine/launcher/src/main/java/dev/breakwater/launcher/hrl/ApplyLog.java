package dev.breakwater.launcher.hrl;

import dev.breakwater.changelog.HrlApply;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.terminal.Sizes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Applies a change log to a disk image.
@Command(
        name = "apply",
        description =
                "Applies a change log to a disk image or device. The log is checked first; a damaged one leaves the"
                        + " disk untouched.")
final class ApplyLog implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The log.")
    private Path file = Path.of("");

    @Option(names = "--to", required = true, paramLabel = "DISKFILE", description = "Image or device that is changed.")
    private Path disk = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        HrlApply.Outcome outcome = HrlApply.apply(file, disk);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json
                        ? Json.of(outcome)
                        : outcome.changes() + " changes applied to " + disk + ": " + Sizes.format(outcome.dataBytes())
                                + " written, " + Sizes.format(outcome.zeroBytes()) + " set to zero.");
        return 0;
    }
}
