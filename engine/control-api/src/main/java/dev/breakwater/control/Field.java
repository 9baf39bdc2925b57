package dev.breakwater.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks of fields that messages share. JSON from a stranger may lack any field.
public final class Field {

    private Field() {}

    /// The value, which must be there.
    public static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("The field \"" + name + "\" is missing.");
        }
        return value;
    }

    /// A text that must be there and is no longer than the bound.
    public static String text(@Nullable String value, String name, int maxLength) {
        String present = required(value, name);
        if (present.length() > maxLength) {
            throw new IllegalArgumentException(
                    "The field \"" + name + "\" is longer than " + maxLength + " characters.");
        }
        return present;
    }

    /// A list, empty if it is missing, no longer than the bound.
    public static <T> List<T> list(@Nullable List<T> value, String name, int maxSize) {
        if (value == null) {
            return List.of();
        }
        if (value.size() > maxSize) {
            throw new IllegalArgumentException("The field \"" + name + "\" has more than " + maxSize + " entries.");
        }
        return List.copyOf(value);
    }

    /// A map, empty if it is missing, no larger than the bound.
    public static <K, V> Map<K, V> map(@Nullable Map<K, V> value, String name, int maxSize) {
        if (value == null) {
            return Map.of();
        }
        if (value.size() > maxSize) {
            throw new IllegalArgumentException("The field \"" + name + "\" has more than " + maxSize + " entries.");
        }
        return Map.copyOf(value);
    }
}
