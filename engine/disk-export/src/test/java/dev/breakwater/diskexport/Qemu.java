package dev.breakwater.diskexport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// QEMU's tools, the other side that our formats and our protocol are checked against.
final class Qemu {

    private static final Path PROGRAM = Path.of("/usr/bin/qemu-img");

    record Outcome(int status, String output) {}

    private Qemu() {}

    static Outcome img(String... arguments) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "skipped: qemu-img is not installed (package qemu-utils)");
        List<String> command = new java.util.ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEnds(process);
        return new Outcome(process.exitValue(), output);
    }

    private static void assertEnds(Process process) throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("qemu-img did not end");
        }
    }
}
