package dev.breakwater.mobility.command;

import dev.breakwater.control.diagnostics.DiagnosticsBundle;
import dev.breakwater.mobility.status.AgentStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "diagnostics",
        description = "Collects log, status, registration and the names of spooled files for those who help with a"
                + " problem; no key, certificate, order or data of a disk.",
        mixinStandardHelpOptions = true)
final class DiagnosticsCommand implements Callable<Integer> {

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--to", required = true, paramLabel = "FILE.zip", description = "The file; it must not exist.")
    @SuppressWarnings("NullAway.Init") // required
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var folder = data.folder();
        var bundle = DiagnosticsBundle.create(file.toAbsolutePath());
        try (bundle) {
            bundle.addAbout(
                    String.valueOf(DiagnosticsCommand.class.getPackage().getImplementationVersion()), Instant.now());
            bundle.add("registration.json", folder::requireRegistration);
            bundle.add("status.json", () -> AgentStatus.read(folder.status()).orElse(null));
            bundle.addListing("files.json", folder.path());
            bundle.addListing("spool.json", folder.spool());
            bundle.addLogs(folder.log());
        }
        var out = spec.commandLine().getOut();
        out.println(file + " is written:");
        bundle.contents().entrySet().stream()
                .map(entry -> "  " + entry.getKey() + ": " + entry.getValue())
                .sorted()
                .forEach(out::println);
        out.flush();
        return 0;
    }
}
