package dev.breakwater.launcher.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.breakwater.control.ControlJson;

/// JSON as commands print it: as the configuration server writes it, indented.
public final class Json {

    private static final ObjectWriter WRITER =
            ControlJson.mapper().writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /// The value as JSON in one line.
    public static String line(Object value) {
        try {
            return ControlJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The result cannot be written as JSON; this is a mistake of the program.", e);
        }
    }

    /// The value as a JSON text that ends without a line feed.
    public static String of(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The result cannot be written as JSON; this is a mistake of the program.", e);
        }
    }
}
