package dev.breakwater.configurationserver.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.control.ControlJson;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// An answer that is a list, written once and no longer than a receiver takes.
public final class JsonList {

    /// Bytes of an answer: half of what a receiver takes, since the first value is sent whatever its length.
    private static final int MOST = ControlJson.MAX_BODY_BYTES / 2;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private JsonList() {
        content.write('[');
    }

    /// The first of the values, as many as fit; at least one, if there is one.
    public static JsonList of(List<?> values) {
        JsonList list = new JsonList();
        for (Object value : values) {
            byte[] element = bytes(value);
            boolean first = list.content.size() == 1;
            if (!first && list.content.size() + element.length + 2 > MOST) {
                break;
            }
            if (!first) {
                list.content.write(',');
            }
            list.content.writeBytes(element);
        }
        list.content.write(']');
        return list;
    }

    private static byte[] bytes(Object value) {
        try {
            return ControlJson.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer cannot be written as JSON.", e);
        }
    }

    /// As it is sent.
    public byte[] json() {
        return content.toByteArray();
    }
}
