package dev.breakwater.vault;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.breakwater.model.VaultId;
import dev.breakwater.vault.blob.ObjectKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/// The object `vault`: JSON in clear that says what this is and holds the vault's key, wrapped with the recovery
/// key.
///
/// @param id the vault's identity
/// @param created when it was made, by the clock of its maker
/// @param wrappedKey the vault's key under the recovery key, base64
/// @param keyCheck tells whether a vault key is this vault's, base64
record VaultDescription(VaultId id, Instant created, String wrappedKey, String keyCheck) {

    static final String OBJECT = ObjectKind.DESCRIPTION.prefix();
    private static final String FORMAT = "breakwater-vault";
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /// What the wrapped key is bound to: changing the identity or the time of creation makes the key useless.
    static byte[] binding(VaultId id, Instant created) {
        return (FORMAT + "|" + VERSION + "|" + id + "|" + created).getBytes(StandardCharsets.UTF_8);
    }

    byte[] binding() {
        return binding(id, created);
    }

    byte[] wrappedKeyBytes() throws VaultException {
        return decode(wrappedKey);
    }

    byte[] keyCheckBytes() throws VaultException {
        return decode(keyCheck);
    }

    private static byte[] decode(String text) throws VaultException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw damaged("its keys cannot be read", e);
        }
    }

    ByteBuffer toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        json.put("vaultId", id.toString());
        json.put("created", created.toString());
        json.put("wrappedKey", wrappedKey);
        json.put("keyCheck", keyCheck);
        return ByteBuffer.wrap(json.toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    static VaultDescription parse(ByteBuffer object) throws VaultException {
        try {
            if (object.remaining() > MAX_BYTES) {
                throw new IOException("it has " + object.remaining() + " bytes");
            }
            JsonNode json = JSON.readTree(StandardCharsets.UTF_8.decode(object).toString());
            if (!FORMAT.equals(json.path("format").asText())) {
                throw new IOException("it is not of the format " + FORMAT);
            }
            if (json.path("version").asInt() < 1) {
                throw new IOException("it has no version");
            }
            if (json.path("version").asInt() > VERSION) {
                throw new VaultException(
                        VaultException.Kind.NEWER_FORMAT,
                        "The vault has the format version "
                                + json.path("version").asInt() + ", but this Breakwater knows" + " versions up to "
                                + VERSION + ". Use a newer Breakwater.");
            }
            return new VaultDescription(
                    VaultId.of(json.path("vaultId").asText()),
                    Instant.parse(json.path("created").asText()),
                    json.path("wrappedKey").asText(),
                    json.path("keyCheck").asText());
        } catch (VaultException e) {
            throw e;
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw damaged("it cannot be read", e);
        } catch (IOException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    /// Whether an object says just this and nothing else.
    boolean isWrittenIn(ByteBuffer object) throws VaultException {
        try {
            return JSON.readTree(StandardCharsets.UTF_8.decode(object).toString())
                    .equals(JSON.readTree(
                            StandardCharsets.UTF_8.decode(toJson()).toString()));
        } catch (JacksonException e) {
            throw damaged("it cannot be read", e);
        }
    }

    private static VaultException damaged(String why, Exception cause) {
        return new VaultException(
                VaultException.Kind.DAMAGED,
                "The object \"" + OBJECT + "\", which describes the vault, is damaged: " + why
                        + ". Nothing can be opened without it; restore it from a copy of the vault.",
                cause);
    }
}
