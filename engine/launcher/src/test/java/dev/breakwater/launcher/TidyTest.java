package dev.breakwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The repository's own lint: sizes, documentation of packages, calls that have a better replacement.
class TidyTest {

    private static final int MAX_FILE_LINES = 500;
    private static final int MAX_METHOD_LINES = 70;
    private static final int MAX_PACKAGE_FILES = 40;

    /// What must not be called in main sources, and what to do instead. A file whose path matches the exception may.
    private record Ban(Pattern call, String exceptIn, String cure) {}

    private static final List<Ban> BANS = List.of(
            new Ban(
                    Pattern.compile("\\bMath\\.random\\(|new Random\\("),
                    "testkit/|simulation/",
                    "use platform.Entropy"),
            new Ban(
                    Pattern.compile("\\bnew SecureRandom\\("),
                    "platform/Entropy|platform/tls/",
                    "use platform.Entropy"),
            new Ban(Pattern.compile("\\.printStackTrace\\(\\)"), "$none", "log with SLF4J, or throw"),
            new Ban(Pattern.compile("\\bnew Date\\(\\)|System\\.currentTimeMillis\\("), "$none", "use InstantSource"),
            new Ban(Pattern.compile("\\bfinalize\\(\\)"), "$none", "use AutoCloseable"),
            new Ban(Pattern.compile("\\bUnsupportedOperationException\\(\\)"), "$none", "finish it or leave it out"));

    private static Path root;
    private static List<Path> mainSources;
    private static List<Path> allSources;

    @BeforeAll
    static void find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("breakwater")) || !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            assertThat(folder)
                    .as("the repository's root above " + Path.of("").toAbsolutePath())
                    .isNotNull();
        }
        root = folder;
        allSources = Stream.of("engine", "mobility-service", "desktop-app")
                .map(root::resolve)
                .filter(Files::isDirectory)
                .flatMap(TidyTest::walk)
                .filter(path -> path.toString().endsWith(".java"))
                .filter(path -> path.toString().contains("/src/"))
                .sorted()
                .toList();
        mainSources = allSources.stream()
                .filter(path -> path.toString().contains("/src/main/"))
                .toList();
        assertThat(mainSources).hasSizeGreaterThan(10);
    }

    @Test
    @DisplayName("no file is longer than can be kept in mind")
    void fileSizes() {
        assertThat(findings(
                        allSources,
                        (path, lines) -> lines.size() > MAX_FILE_LINES
                                ? List.of(lines.size() + " lines, at most " + MAX_FILE_LINES
                                        + ": split it by what it does")
                                : List.of()))
                .isEmpty();
    }

    @Test
    @DisplayName("no method of what ships is longer than a page")
    void methodSizes() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> findings = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, diagnostic -> {}, List.of(), null, files.getJavaFileObjectsFromPaths(mainSources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void nothing) {
                        long lines = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method))
                                - unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method))
                                + 1;
                        if (lines > MAX_METHOD_LINES) {
                            findings.add(unit.getSourceFile().getName() + ": " + method.getName() + " has " + lines
                                    + " lines, at most " + MAX_METHOD_LINES);
                        }
                        return super.visitMethod(method, null);
                    }
                }.scan(unit, null);
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    @DisplayName("every package says what it is for, allows no null silently, and is not too wide")
    void packages() {
        Map<Path, List<Path>> byFolder =
                mainSources.stream().collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.toList()));
        List<String> findings = new ArrayList<>();
        byFolder.forEach((folder, files) -> {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info)) {
                findings.add(root.relativize(folder) + ": no package-info.java");
            } else {
                String text = read(info);
                if (!text.contains("@NullMarked")) {
                    findings.add(root.relativize(info) + ": not @NullMarked");
                }
                if (!text.contains("///")) {
                    findings.add(root.relativize(info) + ": says nothing");
                }
            }
            if (files.size() > MAX_PACKAGE_FILES) {
                findings.add(root.relativize(folder) + ": " + files.size() + " files, at most " + MAX_PACKAGE_FILES);
            }
        });
        assertThat(findings).isEmpty();
    }

    @Test
    @DisplayName("calls that have a better replacement are not made")
    void bannedCalls() {
        assertThat(findings(
                        mainSources,
                        (path, lines) -> BANS.stream()
                                .filter(ban -> !Pattern.compile(ban.exceptIn())
                                        .matcher(path.toString())
                                        .find())
                                .flatMap(ban -> lines.stream()
                                        .filter(line -> !line.strip().startsWith("//"))
                                        .filter(line -> ban.call().matcher(line).find())
                                        .map(line -> line.strip() + " — " + ban.cure()))
                                .toList()))
                .isEmpty();
    }

    @Test
    @DisplayName("nothing is left for later in the text")
    void noLeftovers() {
        Pattern leftover = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
        assertThat(findings(
                        allSources,
                        (path, lines) -> lines.stream()
                                .filter(line -> leftover.matcher(line).find())
                                .toList()))
                .isEmpty();
    }

    @Test
    @DisplayName("names say what a class does")
    void names() {
        Pattern vague = Pattern.compile("(Util|Utils|Manager|Impl|Helper)\\.java$");
        assertThat(mainSources.stream()
                        .filter(path -> vague.matcher(path.toString()).find()))
                .isEmpty();
    }

    @Test
    @DisplayName("every FORMAT.md and PROTOCOL.md is named by the code beside it")
    void formatsAreLinked() {
        List<String> findings = new ArrayList<>();
        Stream.of("engine", "mobility-service")
                .map(root::resolve)
                .filter(Files::isDirectory)
                .flatMap(TidyTest::walk)
                .filter(path -> path.endsWith("FORMAT.md") || path.endsWith("PROTOCOL.md"))
                .filter(path -> !path.toString().contains("/target/"))
                .forEach(document -> {
                    Path module = document.getParent();
                    boolean named = mainSources.stream()
                            .filter(source -> source.startsWith(module))
                            .anyMatch(source ->
                                    read(source).contains(document.getFileName().toString()));
                    if (!named) {
                        findings.add(root.relativize(document) + " is named by no class of its module");
                    }
                });
        assertThat(findings).isEmpty();
    }

    private interface Rule {
        List<String> findings(Path path, List<String> lines);
    }

    private static List<String> findings(List<Path> sources, Rule rule) {
        List<String> findings = new ArrayList<>();
        for (Path path : sources) {
            rule.findings(path, read(path).lines().toList())
                    .forEach(finding -> findings.add(root.relativize(path) + ": " + finding));
        }
        return findings;
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
