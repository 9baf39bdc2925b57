package dev.breakwater.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The description of the whole interface for foreign clients, `openapi.yaml`.
public final class OpenApi {

    /// GET it here, without a certificate.
    public static final String PATH = "/api/v1/openapi.yaml";

    private OpenApi() {}

    /// The text.
    public static String text() {
        try (InputStream stream =
                Objects.requireNonNull(OpenApi.class.getResourceAsStream("openapi.yaml"), "openapi.yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The description of the interface cannot be read.", e);
        }
    }
}
