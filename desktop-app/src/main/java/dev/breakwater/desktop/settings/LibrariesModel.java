package dev.breakwater.desktop.settings;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whose work ships with the console.
///
/// @param libraries by name
record LibrariesModel(List<Library> libraries) {

    /// `jackson-databind-2.22.4.jar`: what stands before the first digit after a hyphen, and the version.
    private static final Pattern JAR = Pattern.compile("(.+?)-([0-9][0-9A-Za-z.]*?)(?:-[a-z].*)?\\.jar");

    LibrariesModel {
        libraries = List.copyOf(libraries);
    }

    /// A library, or a font.
    ///
    /// @param name what people call it
    /// @param licence as SPDX names it
    /// @param version of the file that runs now; absent if it is no file of its own
    record Library(String name, String licence, @Nullable String version) {}

    /// What `libraries.properties` names, with the versions of a class path.
    static LibrariesModel of(String classPath) {
        Properties named = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(LibrariesModel.class.getResourceAsStream("libraries.properties")),
                StandardCharsets.UTF_8)) {
            named.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("The program lacks its own list of libraries; build it anew.", e);
        }
        List<String> jars = List.of(classPath.split(File.pathSeparator));
        List<Library> libraries = new ArrayList<>();
        for (String jar : named.stringPropertyNames()) {
            String[] words = named.getProperty(jar).split("\\|", -1);
            libraries.add(new Library(words[0], words[1], version(jar, jars)));
        }
        libraries.sort(Comparator.comparing(library -> library.name().toLowerCase(Locale.ROOT)));
        return new LibrariesModel(libraries);
    }

    private static @Nullable String version(String jar, List<String> jars) {
        for (String path : jars) {
            Matcher matcher = JAR.matcher(path.substring(path.lastIndexOf(File.separatorChar) + 1));
            if (matcher.matches() && matcher.group(1).equals(jar)) {
                return matcher.group(2);
            }
        }
        return null;
    }
}
