package dev.breakwater.desktop.preferences;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the console remembers of its user on this computer; never a secret. Safe for several threads.
public final class Settings {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);
    private static final String APPEARANCE = "appearance";
    private static final String LANGUAGE = "language";
    private static final String NAVIGATION_COLLAPSED = "navigation-collapsed";
    private static final String REDUCE_MOTION = "reduce-motion";

    private static final String DENSITY = "density";
    private static final String VIEWS = "machine-views";
    private static final String TEST_COUNTS = "test-counts-days";

    /// How long a test counts for who has chosen nothing: each machine should be tested twice a year.
    public static final Duration USUAL_TEST_COUNTS = Duration.ofDays(180);

    /// The shortest time for which a test may count.
    public static final Duration SHORTEST_TEST_COUNTS = Duration.ofDays(1);

    /// The longest: a test of more than two years ago says nothing of today's machine.
    public static final Duration LONGEST_TEST_COUNTS = Duration.ofDays(730);

    private final Preferences store;

    /// Light, dark, or as the system is.
    public enum Appearance {
        /// As the operating system is set, and along with it.
        SYSTEM,
        /// Always light.
        LIGHT,
        /// Always dark.
        DARK
    }

    /// How close things stand.
    public enum Density {
        /// With room between them.
        COMFORTABLE,
        /// More of them in a window.
        COMPACT
    }

    /// Settings kept in that place.
    public Settings(Preferences store) {
        this.store = store;
    }

    /// Those of the user who runs this program.
    public static Settings ofUser() {
        return new Settings(Preferences.userRoot().node("dev/breakwater/console"));
    }

    /// The folder for what the console keeps of its user in files.
    public static Path folder() {
        String named = System.getenv("XDG_CONFIG_HOME");
        Path all =
                named == null || named.isBlank() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(named);
        return all.resolve("breakwater");
    }

    /// Light or dark.
    public Appearance appearance() {
        return chosen(APPEARANCE, Appearance.SYSTEM);
    }

    /// Remembers it.
    public void appearance(Appearance chosen) {
        put(APPEARANCE, chosen.name());
    }

    /// How close things stand.
    public Density density() {
        return chosen(DENSITY, Density.COMFORTABLE);
    }

    /// Remembers it.
    public void density(Density chosen) {
        put(DENSITY, chosen.name());
    }

    private <E extends Enum<E>> E chosen(String key, E usual) {
        try {
            return Enum.valueOf(usual.getDeclaringClass(), store.get(key, usual.name()));
        } catch (IllegalArgumentException e) {
            LOG.debug("The remembered {} is none; taking the usual.", key, e);
            return usual;
        }
    }

    /// The language chosen, else the system's.
    public Locale language() {
        String tag = store.get(LANGUAGE, "");
        return tag.isEmpty() ? Locale.getDefault() : Locale.forLanguageTag(tag);
    }

    /// Remembers it; an empty tag means as the system is.
    public void language(String tag) {
        put(LANGUAGE, tag);
    }

    /// The chosen language's tag; empty if it is the system's.
    public String languageTag() {
        return store.get(LANGUAGE, "");
    }

    /// Whether the navigation shows icons only.
    public boolean navigationCollapsed() {
        return store.getBoolean(NAVIGATION_COLLAPSED, false);
    }

    /// Remembers it.
    public void navigationCollapsed(boolean collapsed) {
        put(NAVIGATION_COLLAPSED, Boolean.toString(collapsed));
    }

    /// Whether nothing should move by itself.
    public boolean reduceMotion() {
        return store.getBoolean(REDUCE_MOTION, false);
    }

    /// Remembers it.
    public void reduceMotion(boolean reduce) {
        put(REDUCE_MOTION, Boolean.toString(reduce));
    }

    /// How long the test of a machine counts: one whose last test is older is not ready. Whole days.
    public Duration testCounts() {
        long days = store.getLong(TEST_COUNTS, USUAL_TEST_COUNTS.toDays());
        return isTestCounts(days) ? Duration.ofDays(days) : USUAL_TEST_COUNTS;
    }

    /// Remembers it.
    ///
    /// @throws IllegalArgumentException if it is shorter than the shortest or longer than the longest
    public void testCounts(Duration chosen) {
        if (!isTestCounts(chosen.toDays())) {
            throw new IllegalArgumentException("a test cannot count for " + chosen);
        }
        put(TEST_COUNTS, Long.toString(chosen.toDays()));
    }

    private static boolean isTestCounts(long days) {
        return days >= SHORTEST_TEST_COUNTS.toDays() && days <= LONGEST_TEST_COUNTS.toDays();
    }

    /// Views of the machines table that the user saved: name to address.
    public Map<String, String> views() {
        Map<String, String> views = new TreeMap<>();
        Preferences kept = store.node(VIEWS);
        try {
            for (String name : kept.keys()) {
                views.put(name, kept.get(name, ""));
            }
        } catch (BackingStoreException e) {
            LOG.warn("The saved views cannot be read and are not offered.", e);
        }
        return views;
    }

    /// Remembers a view, instead of one of the same name.
    ///
    /// @throws IllegalArgumentException if name or address are longer than [Preferences] can keep
    public void saveView(String name, String address) {
        store.node(VIEWS).put(name, address);
        flush(VIEWS);
    }

    /// Forgets a view; harmless if there is none.
    public void deleteView(String name) {
        store.node(VIEWS).remove(name);
        flush(VIEWS);
    }

    private void put(String key, String value) {
        store.put(key, value);
        flush(key);
    }

    private void flush(String key) {
        try {
            store.flush();
        } catch (BackingStoreException e) {
            // The choice holds until the console ends; only then it is forgotten.
            LOG.warn("The setting {} could not be written down and will be forgotten at the end.", key, e);
        }
    }
}
