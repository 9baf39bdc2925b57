package dev.breakwater.desktop.theme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.fixture.Fx;
import dev.breakwater.desktop.preferences.Settings.Appearance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.scene.text.Font;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The console looks the same on every computer, whatever fonts are installed there.
class ThemeTest {

    private static final Path FOLDER = Path.of("src", "main", "resources", "dev", "breakwater", "desktop", "theme");
    private static final Pattern FAMILY = Pattern.compile("-fx-font-family:\\s*\"([^\"]+)\"");

    @Test
    @DisplayName("every font that a style names comes with the program and is loaded by it")
    void fontsAreBundled() throws IOException {
        Fx.run(() -> new Theme(Appearance.LIGHT));

        assertThat(bundledFamilies()).containsAll(namedFamilies());
        assertThat(namedFamilies())
                .isNotEmpty()
                .allSatisfy(family -> assertThat(
                                Font.font(family, Font.getDefault().getSize()).getFamily())
                        .isEqualTo(family));
    }

    private static Set<String> namedFamilies() throws IOException {
        return FAMILY.matcher(Files.readString(FOLDER.resolve("app.css")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> bundledFamilies() throws IOException {
        Set<String> families = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER.resolve("fonts"), "*.{otf,ttf}")) {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    families.add(Font.loadFont(in, Font.getDefault().getSize()).getFamily());
                }
            }
        }
        return families;
    }
}
