package dev.breakwater.configurationserver.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.control.ControlJson;
import dev.breakwater.platform.tls.PeerName;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One request, by a caller who has been checked.
///
/// @param context of Javalin
/// @param caller who asks
record Exchange(Context context, PeerName caller) {

    private static final String NOTE = "breakwater.note";

    /// The body of a request.
    static <T> T body(Context context, Class<T> type) {
        String contentType = context.contentType();
        if (contentType == null || !contentType.startsWith("application/json")) {
            throw Refusal.invalid("The body must be JSON.", "Send it with Content-Type: application/json.");
        }
        try (InputStream stream = context.req().getInputStream()) {
            byte[] bytes = stream.readNBytes(ControlJson.MAX_BODY_BYTES + 1);
            if (bytes.length > ControlJson.MAX_BODY_BYTES) {
                throw Refusal.invalid(
                        "The body is larger than " + ControlJson.MAX_BODY_BYTES + " bytes.", "Send less.");
            }
            T value = ControlJson.mapper().readValue(bytes, type);
            if (value == null) {
                throw Refusal.invalid("The body is empty.", "Send a JSON object.");
            }
            return value;
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause();
            String why = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
            throw Refusal.invalid("The body cannot be accepted: " + why, "Correct it.");
        } catch (JsonProcessingException e) {
            throw Refusal.invalid("The body is not JSON: " + e.getOriginalMessage(), "Correct it.");
        } catch (IOException e) {
            throw Refusal.invalid("The body could not be read.", "Send it again.");
        }
    }

    <T> T body(Class<T> type) {
        return body(context, type);
    }

    /// Adds to the audit log's record of this request whom or what it concerned.
    void note(String detail) {
        note(context, detail);
    }

    static void note(Context context, String detail) {
        context.attribute(NOTE, detail);
    }

    /// What was added.
    static @Nullable String note(Context context) {
        return context.attribute(NOTE);
    }

    String path(String parameter) {
        return context.pathParam(parameter);
    }

    UUID pathId(String parameter) {
        try {
            return UUID.fromString(context.pathParam(parameter));
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("\"" + context.pathParam(parameter) + "\" is no identity.", "Send a UUID.");
        }
    }

    /// An identity among the parameters.
    UUID queryId(String parameter) {
        String text = String.valueOf(context.queryParam(parameter));
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("\"" + parameter + "\" must be an identity.", "Send a UUID.");
        }
    }

    @Nullable
    String query(String parameter) {
        return context.queryParam(parameter);
    }

    long number(String parameter, long otherwise) {
        String text = context.queryParam(parameter);
        if (text == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.invalid("\"" + parameter + "\" must be a number.", "Correct it.");
        }
    }
}
