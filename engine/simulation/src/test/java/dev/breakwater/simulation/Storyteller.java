package dev.breakwater.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs seeds in a process of its own, whose collections and objects have other salts and identities than here.
final class Storyteller {

    private Storyteller() {}

    /// Prints what each of the seeds was.
    public static void main(String[] seeds) throws IOException {
        for (String seed : seeds) {
            System.out.println(line(Long.parseLong(seed)));
        }
    }

    /// What a seed was.
    static String line(long seed) throws IOException {
        return seed + " " + new Run(seed, true).run();
    }

    /// What it prints.
    static List<String> elsewhere(List<Long> seeds) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx768m",
                // Else both processes begin with what the JDK's archive of classes holds, and most is alike.
                "-Xshare:off",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=0",
                "-cp",
                System.getProperty("java.class.path"),
                Storyteller.class.getName()));
        seeds.forEach(seed -> command.add(seed.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var printed = process.inputReader(StandardCharsets.UTF_8)) {
            return printed.lines()
                    .filter(line -> line.contains(Run.Outcome.class.getSimpleName()))
                    .toList();
        }
    }
}
