package dev.breakwater.desktop.texts;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/// What people read, in one language. The first word of a key is the folder whose bundle has the text:
/// `machines.title` stands in `machines/messages_en.properties` as `title`.
///
/// Texts are patterns of [MessageFormat]; plurals use its `choice` format. Safe for several threads.
public final class Texts {

    /// Languages that there are bundles for; the first serves who speaks none of them.
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.of("es"));

    private static final String ROOT = "dev.breakwater.desktop.";
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final Map<String, ResourceBundle> bundles = new ConcurrentHashMap<>();

    /// Texts for that locale: its language if there is a bundle for it, figures and dates as its country writes them.
    public Texts(Locale locale) {
        this.locale =
                LANGUAGES.stream().anyMatch(language -> language.getLanguage().equals(locale.getLanguage()))
                        ? locale
                        : LANGUAGES.getFirst();
    }

    /// Whose words and figures these are.
    public Locale locale() {
        return locale;
    }

    /// A text.
    ///
    /// @param key folder and key, for example `machines.title`
    /// @param values for the places {0}, {1}, … of the text
    /// @throws MissingResourceException if there is none; a test reads all keys of the sources
    public String get(String key, Object... values) {
        int dot = key.indexOf('.');
        String pattern = bundle(key.substring(0, dot)).getString(key.substring(dot + 1));
        return new MessageFormat(pattern, locale).format(values);
    }

    /// A text for one of an enum's values: `health.NORMAL` for `Health.NORMAL` under `parts.health`.
    public String of(String prefix, Enum<?> value) {
        return get(prefix + "." + value.name());
    }

    private ResourceBundle bundle(String folder) {
        return bundles.computeIfAbsent(
                folder, name -> ResourceBundle.getBundle(ROOT + name + ".messages", locale, EXACT));
    }
}
