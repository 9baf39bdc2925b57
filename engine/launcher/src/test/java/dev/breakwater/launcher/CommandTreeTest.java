package dev.breakwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("The command line")
class CommandTreeTest {

    @TempDir
    Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Outcome run(String... arguments) {
        CommandLine line = CommandTree.create(arguments);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    @Test
    @DisplayName("describes only the command that is named, and all of them where none is")
    void named() {
        assertThat(CommandTree.create("machines", "list").getSubcommands()).containsOnlyKeys("machines");
        assertThat(CommandTree.create("--help").getSubcommands()).containsKeys("machines", "vault", "bench");
    }

    @TestFactory
    @DisplayName("has help for every command")
    Stream<DynamicTest> help() {
        List<List<String>> paths = new ArrayList<>();
        collect(CommandTree.create(), List.of(), paths);
        assertThat(paths).hasSizeGreaterThan(25);
        return paths.stream()
                .map(path -> DynamicTest.dynamicTest("breakwater " + String.join(" ", path), () -> {
                    List<String> arguments = new ArrayList<>(path);
                    arguments.add("--help");
                    Outcome outcome = run(arguments.toArray(String[]::new));
                    assertThat(outcome.code()).isZero();
                    assertThat(outcome.out())
                            .contains("Usage: "
                                    + String.join(
                                            " ",
                                            Stream.concat(Stream.of("breakwater"), path.stream())
                                                    .toList()));
                }));
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> paths) {
        paths.add(path);
        line.getSubcommands().forEach((name, sub) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(sub, longer, paths);
        });
    }

    @Test
    @DisplayName("answers 2 when it does not understand")
    void usage() {
        assertThat(run("nonsense").code()).isEqualTo(2);
        assertThat(run("vault").code()).isEqualTo(2);
        assertThat(run("vault", "points").code()).isEqualTo(2);
        assertThat(run("demo", "--size", "12parsec").code()).isEqualTo(2);
        assertThat(run("engine", "run", "--data", folder.toString(), "--roles", "king")
                        .code())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("answers 1 and says what to do when it fails")
    void failure() {
        Outcome outcome = run("machines", "list", "--data", folder.toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("no administrator's certificate", "--data");
    }

    @Test
    @DisplayName("says what a recovery key is and where it comes from when the file is missing, too large or no text")
    void recoveryKeyFiles() throws Exception {
        Path noText = Files.write(folder.resolve("no-text"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Path large = Files.write(folder.resolve("large"), new byte[5000]);
        for (Path file : List.of(folder.resolve("missing"), noText, large)) {
            Outcome outcome =
                    run("vault", "points", "--location", folder.toString(), "--recovery-key-file", file.toString());

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains(file.toString(), "recovery key", "not opened", "shown when the vault was created");
        }
    }

    @Test
    @DisplayName("creates a vault, shows its key once, and opens it with that key only")
    void vault() throws Exception {
        String location = folder.resolve("vault").toString();
        Path key = folder.resolve("key");
        Outcome created =
                run("vault", "create", "--location", location, "--write-recovery-key", key.toString(), "--json");
        assertThat(created.code()).as(created.err()).isZero();
        assertThat(created.out()).contains("\"vaultId\"", "\"location\"", "\"recoveryKey\"");

        Outcome points =
                run("vault", "points", "--location", location, "--recovery-key-file", key.toString(), "--json");
        assertThat(points.out().strip()).isEqualTo("[ ]");
        assertThat(run("vault", "check", "--location", location, "--recovery-key-file", key.toString())
                        .code())
                .isZero();

        assertThat(run("vault", "create", "--location", location).code()).isEqualTo(1);
        Path other = folder.resolve("other");
        run("vault", "create", "--location", folder.resolve("v2").toString(), "--write-recovery-key", other.toString());
        assertThat(run("vault", "points", "--location", location, "--recovery-key-file", other.toString())
                        .code())
                .isEqualTo(1);
    }
}
