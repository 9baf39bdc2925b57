package dev.breakwater.vault.catalog;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.breakwater.framecodec.FrameException;
import dev.breakwater.framecodec.FrameHeader;
import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.framecodec.FrameOpener;
import dev.breakwater.framecodec.FrameOwner;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.framecodec.WriteAttempt;
import dev.breakwater.model.VaultId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectKind;
import dev.breakwater.vault.key.VaultKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hides the names of documents and seals their content, each version as one frame.
final class CatalogSeal {

    private static final String PREFIX = ObjectKind.DOCUMENT.prefix();
    private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final int ID_BYTES = 16;

    private final VaultId vault;
    private final FrameKey key;
    private final byte[] nameKey;
    private final Entropy entropy;

    CatalogSeal(VaultId vault, VaultKeys keys, Entropy entropy) {
        this.vault = vault;
        this.key = keys.catalogKey(vault);
        this.nameKey = keys.first().catalogNameKey(vault);
        this.entropy = entropy;
    }

    static String prefix(String kind) {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("Not a kind of documents: \"" + kind + "\"");
        }
        return PREFIX + kind + "/";
    }

    /// The names of all versions of a document start so. The id is hidden: a keyed hash of it.
    String folder(String kind, String id) {
        return prefix(kind) + HexFormat.of().formatHex(hiddenId(kind, id)) + "/";
    }

    static String version(String folder, long version) {
        return folder + HexFormat.of().toHexDigits(version);
    }

    static Optional<Long> findVersion(String folder, String name) {
        String digits = name.substring(folder.length());
        try {
            long version = HexFormat.fromHexDigitsToLong(digits);
            return digits.equals(HexFormat.of().toHexDigits(version)) ? Optional.of(version) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    ByteBuffer seal(String folder, CatalogEntry entry, ObjectMapper json) throws IOException {
        byte[] content = json.writeValueAsBytes(entry);
        if (content.length > FrameHeader.MAX_RAW_BYTES) {
            throw new IllegalArgumentException("A document of the catalog has at most " + FrameHeader.MAX_RAW_BYTES
                    + " bytes, not " + content.length + ".");
        }
        FrameSealer sealer = new FrameSealer(key, owner(folder), WriteAttempt.draw(entropy));
        ByteBuffer frame = ByteBuffer.allocate(sealer.maxFrameLength(content.length));
        sealer.seal(ByteBuffer.wrap(content), frame);
        return frame.flip();
    }

    CatalogEntry open(String folder, long version, ByteBuffer frame, ObjectMapper json) throws CatalogException {
        try {
            FrameHeader header = FrameHeader.read(frame.duplicate());
            ByteBuffer content = ByteBuffer.allocate(header.rawLength());
            new FrameOpener(key, owner(folder)).open(header.identity(), frame, content);
            CatalogEntry entry = json.readValue(content.array(), CatalogEntry.class);
            if (entry == null) {
                throw new IOException("it says nothing");
            }
            boolean itsPlace = entry.version() == version
                    && folder(entry.kind(), entry.id()).equals(folder);
            if (!itsPlace) {
                throw new CatalogException(
                        "The object \"" + version(folder, version) + "\" holds another version of its document.");
            }
            return entry;
        } catch (FrameException | JacksonException e) {
            throw damaged(folder, version, e);
        } catch (CatalogException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(folder, version, e);
        }
    }

    private static CatalogException damaged(String folder, long version, IOException cause) {
        return new CatalogException(
                "The object \"" + version(folder, version) + "\" of the catalog is damaged.", cause);
    }

    /// Whom the frames of a document's versions belong to.
    FrameOwner owner(String folder) {
        byte[] hash = hash(folder);
        ByteBuffer id = ByteBuffer.wrap(hash);
        return new FrameOwner(vault, new UUID(id.getLong(), id.getLong()));
    }

    private byte[] hiddenId(String kind, String id) {
        return hash("id|" + kind + "|" + id);
    }

    private byte[] hash(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(nameKey, "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC-SHA256; use a complete JDK 25.", e);
        }
    }
}
