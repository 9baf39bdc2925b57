package dev.breakwater.desktop.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What people read stands in the bundles, in every language, and nowhere else.
class TextsTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources", "dev", "breakwater", "desktop");
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "breakwater", "desktop");
    private static final Pattern PLACE = Pattern.compile("\\{([0-9]+)");
    private static final Pattern KEY =
            Pattern.compile("(?:texts(?:\\(\\))?|context\\.texts\\(\\))\\s*\\.get\\(\\s*\"([^\"]+)\"");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Test
    @DisplayName("every language has the same keys with the same places")
    void languagesAgree() {
        for (Path folder : bundles()) {
            Properties english = read(folder, "en");
            for (Locale language : Texts.LANGUAGES) {
                Properties other = read(folder, language.getLanguage());
                assertThat(other.stringPropertyNames())
                        .as(folder + " " + language)
                        .isEqualTo(english.stringPropertyNames());
                english.stringPropertyNames()
                        .forEach(key -> assertThat(places(other.getProperty(key)))
                                .as(folder + " " + language + " " + key)
                                .isEqualTo(places(english.getProperty(key))));
            }
        }
    }

    @Test
    @DisplayName("every text is a pattern without a straight apostrophe, which would swallow its places")
    void patterns() {
        for (Path folder : bundles()) {
            for (Locale language : Texts.LANGUAGES) {
                Properties bundle = read(folder, language.getLanguage());
                bundle.stringPropertyNames().forEach(key -> {
                    String text = bundle.getProperty(key);
                    assertThat(text).as(folder + " " + key).isNotBlank().doesNotContain("'");
                    assertThat(new MessageFormat(text, language).toPattern()).isNotBlank();
                });
            }
        }
    }

    @Test
    @DisplayName("every key that the sources name is there")
    void keysExist() {
        List<String> missing = new ArrayList<>();
        for (Path source : sources()) {
            Matcher matcher = KEY.matcher(text(source));
            while (matcher.find()) {
                String key = matcher.group(1);
                int dot = key.indexOf('.');
                Properties bundle = read(RESOURCES.resolve(key.substring(0, dot)), "en");
                String rest = key.substring(dot + 1);
                boolean there = rest.endsWith(".")
                        ? bundle.stringPropertyNames().stream().anyMatch(each -> each.startsWith(rest))
                        : bundle.containsKey(rest);
                if (!there) {
                    missing.add(source.getFileName() + ": " + key);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    @DisplayName("no class with a view has a sentence or a word for people in it")
    void noSentenceInViews() {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            String text = text(source);
            // The theme names fonts; the command line speaks English as all commands do.
            if (!text.contains("import javafx.scene")
                    || source.endsWith("Theme.java")
                    || source.endsWith("Main.java")) {
                continue;
            }
            text.lines().filter(line -> !line.strip().startsWith("//")).forEach(line -> {
                Matcher matcher = LITERAL.matcher(line);
                while (matcher.find()) {
                    if (isForPeople(matcher.group(1)) && !line.contains("Exception(")) {
                        found.add(source.getFileName() + ": " + matcher.group(1));
                    }
                }
            });
        }
        assertThat(found).isEmpty();
    }

    @Test
    @DisplayName("no colour stands outside the style sheet, and in it only the theme's own")
    void noColours() {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            text(source)
                    .lines()
                    .filter(line -> line.matches(".*(Color\\.(?!TRANSPARENT)[A-Za-z]|#[0-9a-fA-F]{6}|rgba?\\().*"))
                    .forEach(line -> found.add(source.getFileName() + ": " + line.strip()));
        }
        text(RESOURCES.resolve("theme").resolve("app.css"))
                .lines()
                .filter(line ->
                        line.matches(".*(: *#[0-9a-fA-F]{3,8}|rgba?\\(|: *(red|green|blue|white|black|gray)\\b).*"))
                .forEach(line -> found.add("app.css: " + line.strip()));
        assertThat(found).isEmpty();
    }

    /// Keys, style classes, properties and addresses have no capital letter and no blank between words.
    private static boolean isForPeople(String literal) {
        return literal.matches(".*[A-Za-z]{2,} [A-Za-z]{2,}.*") || literal.matches("[A-Z][a-z]+.*");
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(matcher.group(1));
        }
        return places;
    }

    private static List<Path> bundles() {
        return walk(RESOURCES).stream()
                .filter(path -> path.endsWith("messages_en.properties"))
                .map(Path::getParent)
                .toList();
    }

    private static List<Path> sources() {
        return walk(SOURCES).stream()
                .filter(path -> path.toString().endsWith(".java"))
                .toList();
    }

    private static List<Path> walk(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties read(Path folder, String language) {
        try (Reader reader = Files.newBufferedReader(folder.resolve("messages_" + language + ".properties"))) {
            Properties bundle = new Properties();
            bundle.load(reader);
            return bundle;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
