package dev.breakwater.vault.key;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.breakwater.model.KeyEpochs;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/// An object `rotations/<epoch>`: JSON in clear with the vault's key of an epoch, wrapped with that epoch's recovery
/// key, and all older keys, wrapped with it. So the newest key opens the older ones and never the other way round,
/// and only the newest of these objects is needed.
///
/// @param epoch from 2
/// @param created when it was made, by the clock of its maker
/// @param previous SHA-256 of the object of the epoch before, for the second of the object `vault`, base64
/// @param wrappedKey the epoch's vault key under its recovery key, base64
/// @param keyCheck tells whether a vault key is this epoch's, base64
/// @param olderKeys the vault keys before under this one, oldest first, base64
/// @param authorization made with the key before, so that nobody who lacks it can rotate, base64
public record Rotation(
        int epoch,
        Instant created,
        String previous,
        String wrappedKey,
        String keyCheck,
        List<String> olderKeys,
        String authorization) {

    private static final String FORMAT = "breakwater-vault-rotation";
    private static final int VERSION = 1;

    /// The largest has 63 older keys of 80 characters.
    private static final int MAX_BYTES = 64 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    public Rotation {
        olderKeys = List.copyOf(olderKeys);
    }

    /// The name of an epoch's object.
    public static String objectName(int epoch) {
        return ObjectKind.ROTATION.prefix() + HexFormat.of().toHexDigits((long) epoch);
    }

    /// The epoch of an object's name; nothing if it is no name that we give.
    public static OptionalInt epoch(String name) {
        String digits = name.substring(ObjectKind.ROTATION.prefix().length());
        try {
            long epoch = HexFormat.fromHexDigitsToLong(digits);
            return epoch >= 2
                            && epoch <= KeyEpochs.MAX
                            && objectName((int) epoch).equals(name)
                    ? OptionalInt.of((int) epoch)
                    : OptionalInt.empty();
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
    }

    /// The rotation that follows these keys.
    ///
    /// @param previous the object of the epoch before
    /// @param recoveryKey the only one that will open the vault
    /// @throws IllegalArgumentException if the vault has as many epochs as it can have
    public static Rotation after(
            VaultKeys older,
            ByteBuffer previous,
            RecoveryKey recoveryKey,
            VaultId vault,
            Instant created,
            Entropy entropy) {
        int epoch = older.epoch() + 1;
        VaultKey key = VaultKey.draw(entropy);
        List<VaultKey> all = new ArrayList<>(older.epochs());
        all.add(key);
        VaultKeys newer = new VaultKeys(all);
        List<String> wrapped = new ArrayList<>();
        for (int i = 1; i < epoch; i++) {
            byte[] place = text(vault, epoch, "older " + i);
            wrapped.add(encode(KeyWrapping.wrap(
                    key.olderKeysKey(vault), newer.epochs().get(i - 1).toBytes(), place, entropy)));
        }
        Rotation bare = new Rotation(
                epoch,
                created,
                hash(previous),
                encode(recoveryKey.wrap(key, text(vault, epoch, created.toString()), entropy)),
                encode(key.check(vault)),
                wrapped,
                "");
        return bare.authorized(encode(older.newest().authorize(vault, bare.authorizedText(vault))));
    }

    private Rotation authorized(String by) {
        return new Rotation(epoch, created, previous, wrappedKey, keyCheck, olderKeys, by);
    }

    private byte[] authorizedText(VaultId vault) {
        return text(
                vault,
                epoch,
                created + "|" + previous + "|" + wrappedKey + "|" + keyCheck + "|" + String.join("|", olderKeys));
    }

    private static byte[] text(VaultId vault, int epoch, String what) {
        return (FORMAT + "|" + VERSION + "|" + vault + "|" + epoch + "|" + what).getBytes(StandardCharsets.UTF_8);
    }

    /// Unwraps this epoch's key.
    ///
    /// @throws WrongKeyException if it is another epoch's or vault's recovery key, or the object was changed
    public VaultKey unwrap(RecoveryKey recoveryKey, VaultId vault) throws IOException {
        return recoveryKey.unwrap(decode(wrappedKey), text(vault, epoch, created.toString()));
    }

    /// All keys up to this epoch's.
    ///
    /// @param key this epoch's
    /// @throws WrongKeyException if it is another one, or the object was changed
    public VaultKeys keys(VaultKey key, VaultId vault) throws IOException {
        List<VaultKey> all = new ArrayList<>();
        for (int i = 1; i < epoch; i++) {
            byte[] place = text(vault, epoch, "older " + i);
            all.add(VaultKey.of(KeyWrapping.unwrap(key.olderKeysKey(vault), decode(olderKeys.get(i - 1)), place)));
        }
        all.add(key);
        return new VaultKeys(all);
    }

    /// Whether a vault key is this epoch's, as far as the object says.
    public boolean isKey(VaultKey key, VaultId vault) throws IOException {
        return MessageDigest.isEqual(key.check(vault), decode(keyCheck));
    }

    /// Whether someone who had the key of the epoch before made this, and nobody changed it.
    public boolean isAuthorizedBy(VaultKey before, VaultId vault) throws IOException {
        return MessageDigest.isEqual(before.authorize(vault, authorizedText(vault)), decode(authorization));
    }

    /// Whether an object is the one that was there of the epoch before.
    public boolean follows(ByteBuffer object) {
        return previous.equals(hash(object));
    }

    private static String hash(ByteBuffer object) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(object.duplicate());
            return encode(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256; use a complete JDK 25.", e);
        }
    }

    /// The object.
    public ByteBuffer toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        json.put("epoch", epoch);
        json.put("created", created.toString());
        json.put("previous", previous);
        json.put("wrappedKey", wrappedKey);
        json.put("keyCheck", keyCheck);
        ArrayNode older = json.putArray("olderKeys");
        olderKeys.forEach(older::add);
        json.put("authorization", authorization);
        return ByteBuffer.wrap(json.toPrettyString().getBytes(StandardCharsets.UTF_8));
    }

    /// Reads the object of an epoch.
    ///
    /// @throws IOException if it is damaged, of another epoch, or of a newer format; the message completes "The
    ///     object cannot be used: "
    public static Rotation parse(ByteBuffer object, int epoch) throws IOException {
        if (object.remaining() > MAX_BYTES) {
            throw new IOException("it has " + object.remaining() + " bytes");
        }
        try {
            JsonNode json = JSON.readTree(StandardCharsets.UTF_8.decode(object).toString());
            if (!FORMAT.equals(json.path("format").asText())) {
                throw new IOException("it is not of the format " + FORMAT);
            }
            if (json.path("version").asInt() != VERSION) {
                throw new IOException(
                        "its format version is " + json.path("version").asInt() + ", but this Breakwater knows version "
                                + VERSION + " only; use a newer Breakwater");
            }
            if (json.path("epoch").asInt() != epoch) {
                throw new IOException("it is the one of another epoch");
            }
            List<String> older = new ArrayList<>();
            json.path("olderKeys").forEach(key -> older.add(key.asText()));
            if (older.size() != epoch - 1) {
                throw new IOException("it has " + older.size() + " older keys instead of " + (epoch - 1));
            }
            Rotation read = new Rotation(
                    epoch,
                    Instant.parse(json.path("created").asText()),
                    json.path("previous").asText(),
                    json.path("wrappedKey").asText(),
                    json.path("keyCheck").asText(),
                    older,
                    json.path("authorization").asText());
            read.requireBase64();
            return read;
        } catch (JacksonException | DateTimeException e) {
            throw new IOException("it cannot be read", e);
        }
    }

    private void requireBase64() throws IOException {
        decode(previous);
        decode(wrappedKey);
        decode(keyCheck);
        decode(authorization);
        for (String key : olderKeys) {
            decode(key);
        }
    }

    /// Whether an object says just this and nothing else.
    public boolean isWrittenIn(ByteBuffer object) {
        try {
            return JSON.readTree(StandardCharsets.UTF_8.decode(object).toString())
                    .equals(JSON.readTree(
                            StandardCharsets.UTF_8.decode(toJson()).toString()));
        } catch (JacksonException e) {
            return false;
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("its keys cannot be read", e);
        }
        // The last character has bits that say nothing; they must say just that.
        if (!encode(bytes).equals(text)) {
            throw new IOException("its keys cannot be read");
        }
        return bytes;
    }
}
