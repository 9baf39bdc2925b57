package dev.breakwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The table of reviewed components in engine/THREAT-MODEL.md: as no scan can be run where Breakwater is built, a
/// version that
/// nobody has looked up must not slip in by a changed line of the pom.
class DependencyReviewTest {

    /// Builds or tests Breakwater and does not ship.
    private static final Set<String> NOT_SHIPPED = Set.of(
            "archunit",
            "assertj",
            "errorprone",
            "jmh",
            "jsvg",
            "junit",
            "monocle",
            "nullaway",
            "palantir-java-format",
            "testfx");

    /// Shipped because a library of ours asks for it; its version stands in that library's pom only.
    private static final Set<String> BROUGHT_ALONG = Set.of("asm", "kotlin-stdlib", "reactor-core");

    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9-]+)\\.version>([^<]+)</");
    private static final Pattern JAR = Pattern.compile("/([a-z-]+)-([0-9][^/:]*)\\.jar(?=:|$)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)`[^|]*\\| ([^ |]+) \\|");

    @Test
    @DisplayName("every library that ships stands in the threat model's table with the version that was looked up")
    void reviewed() throws IOException {
        Path root = root();
        Map<String, String> shipped = pairs(PROPERTY, Files.readString(root.resolve("pom.xml")));
        shipped.keySet().removeAll(NOT_SHIPPED);
        Map<String, String> jars = pairs(JAR, System.getProperty("java.class.path"));
        jars.keySet().retainAll(BROUGHT_ALONG);
        assertThat(jars).containsOnlyKeys(BROUGHT_ALONG);
        shipped.putAll(jars);

        assertThat(pairs(ROW, Files.readString(root.resolve("engine/THREAT-MODEL.md"))))
                .as(
                        "look up what was published about the changed version, then write it into THREAT-MODEL.md, Dependencies")
                .isEqualTo(shipped);
    }

    private static Map<String, String> pairs(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .collect(Collectors.toMap(
                        (MatchResult match) -> match.group(1),
                        match -> match.group(2),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            assertThat(folder).as("the repository's root").isNotNull();
        }
        return folder;
    }
}
