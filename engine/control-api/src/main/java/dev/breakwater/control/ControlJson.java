package dev.breakwater.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.PointId;
import dev.breakwater.model.ProcessServerId;
import dev.breakwater.model.VaultId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// The one way in which messages are written as JSON and read back: identities as text, instants and durations as ISO
/// 8601, absent values left out. Fields that a reader does not know are skipped, so versions may differ; a message that
/// nests or grows past any we send is refused.
public final class ControlJson {

    /// Largest body of a request or answer: 64 disks of a machine with their mounts, or a page of points, take far
    /// less.
    public static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private static final int MAX_DEPTH = 24;
    private static final int MAX_TEXT = 256 * 1024;
    private static final int MAX_NUMBER = 40;
    private static final int MAX_NAME = 256;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .maxNumberLength(MAX_NUMBER)
                            .maxNameLength(MAX_NAME)
                            .maxDocumentLength(MAX_BODY_BYTES)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .addModule(identities())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private ControlJson() {}

    /// The mapper; it must not be configured further.
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /// Reads what this program once wrote to a file of its own. The file may have been damaged since.
    ///
    /// @throws IOException if it cannot be read, is larger than any that is written, or holds something else
    public static <T> T read(Path file, Class<T> type) throws IOException {
        byte[] content;
        try (InputStream stream = Files.newInputStream(file)) {
            content = stream.readNBytes(MAX_BODY_BYTES + 1);
        }
        if (content.length > MAX_BODY_BYTES) {
            throw new IOException(file + " has more than " + MAX_BODY_BYTES + " bytes: this program did not write it.");
        }
        T value = MAPPER.readValue(content, type);
        if (value == null) {
            throw new IOException(file + " says nothing.");
        }
        return value;
    }

    private static SimpleModule identities() {
        var module = new SimpleModule("breakwater-identities");
        identity(module, MachineId.class, MachineId::of);
        identity(module, DiskId.class, DiskId::of);
        identity(module, PointId.class, PointId::of);
        identity(module, ProcessServerId.class, ProcessServerId::of);
        identity(module, VaultId.class, VaultId::of);
        return module;
    }

    private static <T> void identity(SimpleModule module, Class<T> type, Function<String, T> read) {
        module.addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializerProvider provider) throws IOException {
                to.writeString(value.toString());
            }
        });
        module.addKeySerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializerProvider provider) throws IOException {
                to.writeFieldName(value.toString());
            }
        });
        module.addDeserializer(type, new JsonDeserializer<T>() {
            @Override
            public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
                String text = from.getValueAsString();
                try {
                    return read.apply(text == null ? "" : text);
                } catch (IllegalArgumentException e) {
                    throw context.weirdStringException(text, type, "not an identity");
                }
            }
        });
        module.addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) throws IOException {
                try {
                    return read.apply(key);
                } catch (IllegalArgumentException e) {
                    throw context.weirdKeyException(type, key, "not an identity");
                }
            }
        });
    }
}
