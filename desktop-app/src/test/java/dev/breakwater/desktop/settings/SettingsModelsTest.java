package dev.breakwater.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.desktop.engine.EngineProgram;
import dev.breakwater.desktop.engine.LocalEngine;
import dev.breakwater.desktop.preferences.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsModelsTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName("the engine's own command writes the diagnostics, says what could not be had, and overwrites nothing")
    void diagnostics() throws Exception {
        LocalEngine engine = new LocalEngine(folder, new EngineProgram(null));
        Path file = folder.resolve("diagnostics.zip");

        DiagnosticsModel model = DiagnosticsModel.of(engine.diagnostics(file, null));

        assertThat(model.missing()).containsKey("status.json").doesNotContainKey("about.json");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.getEntry("about.json")).isNotNull();
            assertThat(zip.size()).as("with contents.json").isEqualTo(model.entries() + 1);
        }
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> engine.diagnostics(file, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("diagnostics.zip");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "' 90 ', 90", "730, 730", "0,", "731,", "-5,", "1.5,", "'',", "99999999999999999999,", "ninety,"
    })
    @DisplayName("a test counts for 1 to 730 whole days, and nothing else is taken")
    void testCounts(String typed, @Nullable Integer days) {
        assertThat(new TestCounts(typed).time())
                .isEqualTo(Optional.ofNullable(days).map(Duration::ofDays));
    }

    @Test
    @DisplayName("how long a test counts is remembered; 180 days if nothing was chosen, or what is remembered is none")
    void testCountsRemembered() throws BackingStoreException {
        Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
        try {
            assertThat(new Settings(store).testCounts()).isEqualTo(Duration.ofDays(180));
            new Settings(store).testCounts(Duration.ofDays(365));
            assertThat(new Settings(store).testCounts()).isEqualTo(Duration.ofDays(365));
            assertThatThrownBy(() -> new Settings(store).testCounts(Duration.ofDays(731)))
                    .isInstanceOf(IllegalArgumentException.class);
            store.put("test-counts-days", "0");
            assertThat(new Settings(store).testCounts()).isEqualTo(Duration.ofDays(180));
        } finally {
            store.removeNode();
        }
    }

    @Test
    @DisplayName("an entry with a size is there, every other one is missing with its reason")
    void missing() {
        DiagnosticsModel model = DiagnosticsModel.of(
                Map.of("about.json", "120 bytes", "status.json", "not available: nobody answers", "x", "left out"));

        assertThat(model.entries()).isEqualTo(1);
        assertThat(model.missing()).containsOnlyKeys("status.json", "x");
    }

    @Test
    @DisplayName("a folder without a certificate says so instead of who one is")
    void noCertificate() {
        ConnectionModel model = ConnectionModel.read(folder, null);

        assertThat(model.role()).isNull();
        assertThat(model.certificateUntil()).isNull();
        assertThat(model.problem()).contains("certificate", folder.toString());
    }

    @Test
    @DisplayName(
            "every library named runs here with a version, and every library that the console names in its build is named")
    void libraries() throws IOException {
        LibrariesModel model = LibrariesModel.of(System.getProperty("java.class.path"));

        assertThat(model.libraries())
                .filteredOn(library -> library.version() == null)
                .extracting(LibrariesModel.Library::name)
                .containsExactly("Feather icons", "Inter");
        List<String> families = List.of("openjfx", "atlantafx", "ikonli", "jackson", "picocli", "logback", "slf4j");
        Matcher dependency = Pattern.compile("<dependency>\\s*<groupId>(?!dev\\.breakwater)([^<]+)</groupId>"
                        + "\\s*<artifactId>([^<]+)</artifactId>\\s*</dependency>")
                .matcher(Files.readString(Path.of("pom.xml")));
        while (dependency.find()) {
            String named = dependency.group(1) + ":" + dependency.group(2);
            assertThat(families)
                    .as("name the licence of " + named + " in libraries.properties")
                    .anyMatch(named::contains);
        }
        assertThat(model.libraries())
                .extracting(library -> library.name().toLowerCase(java.util.Locale.ROOT))
                .containsAll(families);
    }
}
