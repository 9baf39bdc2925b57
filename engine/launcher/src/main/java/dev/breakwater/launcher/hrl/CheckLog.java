package dev.breakwater.launcher.hrl;

import dev.breakwater.changelog.HrlChain;
import dev.breakwater.changelog.HrlCheck;
import dev.breakwater.changelog.HrlFinding;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.terminal.Sizes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Proves change logs from end to end, and that they follow each other.
@Command(
        name = "check",
        description =
                "Proves change logs from end to end; of several logs of one disk also that they follow each other."
                        + " Exit code 1 if one cannot be used.")
final class CheckLog implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The logs.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// A log as it is printed.
    record Checked(String file, boolean sound, long entries, long dataBytes) {}

    /// A finding as it is printed.
    record Found(String file, String severity, String what) {}

    @Override
    public Integer call() throws Exception {
        List<Found> findings = new ArrayList<>();
        List<Checked> logs = new ArrayList<>();
        for (Path file : files) {
            HrlCheck.Result result = HrlCheck.check(file, finding -> findings.add(found(finding)));
            logs.add(new Checked(file.toString(), result.sound(), result.entries(), result.dataBytes()));
        }
        boolean sound = logs.stream().allMatch(Checked::sound);
        if (sound && files.size() > 1) {
            HrlChain.order(files, finding -> findings.add(found(finding)));
            sound = findings.stream().noneMatch(f -> f.severity().equals("ERROR"));
        }
        print(logs, findings, sound);
        return sound ? 0 : 1;
    }

    private static Found found(HrlFinding finding) {
        return new Found(finding.file().toString(), finding.severity().name(), finding.what());
    }

    private void print(List<Checked> logs, List<Found> findings, boolean sound) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("sound", sound);
            result.put("logs", logs);
            result.put("findings", findings);
            out.println(Json.of(result));
            return;
        }
        for (Checked log : logs) {
            out.println((log.sound() ? "sound    " : "damaged  ") + log.file() + ": " + log.entries() + " changes, "
                    + Sizes.format(log.dataBytes()));
        }
        findings.forEach(finding -> out.println(finding.severity() + "  " + finding.file() + ": " + finding.what()));
    }
}
