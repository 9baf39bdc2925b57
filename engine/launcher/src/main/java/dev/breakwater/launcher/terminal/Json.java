package dev.breakwater.launcher.terminal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.VaultId;
import java.time.Duration;
import java.time.Instant;

/// JSON as commands print it: indented, identities and times as text, durations in ISO form, nothing that is null.
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .addModule(texts())
            .build();

    private Json() {}

    /// The value as a JSON text that ends without a line feed.
    public static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The result cannot be written as JSON; this is a mistake of the program.", e);
        }
    }

    private static SimpleModule texts() {
        SimpleModule module = new SimpleModule();
        for (Class<?> type : new Class<?>[] {
            Instant.class,
            Duration.class,
            MachineId.class,
            DiskId.class,
            PointId.class,
            VaultId.class,
            ProcessServerId.class
        }) {
            module.addSerializer(type, ToStringSerializer.instance);
        }
        return module;
    }
}
