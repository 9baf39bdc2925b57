package dev.breakwater.vault.object;

import dev.breakwater.framecodec.FrameException;
import dev.breakwater.framecodec.FrameHeader;
import dev.breakwater.framecodec.FrameIdentity;
import dev.breakwater.framecodec.FrameSealer;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.index.ObjectRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How the object of a slot or of a checkpoint is laid out:
///
/// ```
/// header    16   magic "BWPOINT1" or "BWCHECK1", slot or checkpoint number
/// inline    ...  frames of data and index pages
/// document  ...  frames of metadata, counters ascending by 1: what the object is
/// footer    64   document's offset 8, its length 8, SHA-256 of its sealed bytes 32, 8 zero, magic 8
/// ```
///
/// The document's content begins with its length (8 bytes), so that no frame can be taken off its end.
public final class DocumentLayout {

    /// Bytes before the first inline frame.
    public static final int HEADER_BYTES = 16;

    /// Bytes after the document.
    public static final int FOOTER_BYTES = 64;

    private static final int ZERO_BYTES = 8;

    /// Content of a document's frame.
    private static final int FRAME_BYTES = 256 * 1024;

    /// What is read at an object's end in the hope that the whole document is there.
    private static final int TAIL_BYTES = 64 * 1024;

    /// The longest document: a checkpoint of 100,000 points.
    private static final int MAX_DOCUMENT_BYTES = 64 << 20;

    private DocumentLayout() {}

    /// A document read from the vault.
    ///
    /// @param content what it says
    /// @param hash SHA-256 of its sealed bytes: the link of the chain
    public record Document(ByteBuffer content, DocumentHash hash) {}

    /// An object ready to be stored.
    ///
    /// @param content its bytes
    /// @param size how many
    /// @param hash SHA-256 of its sealed document
    public record Assembled(List<ByteBuffer> content, long size, DocumentHash hash) {}

    /// Puts an object together.
    ///
    /// @param object what it is to be
    /// @param inline inline frames, in order
    /// @param document what the document says
    /// @param sealer seals the machine's metadata
    public static Assembled assemble(
            ObjectRef object, List<ByteBuffer> inline, ByteBuffer document, FrameSealer sealer) {
        byte[] magic = magic(object.kind());
        List<ByteBuffer> content = new ArrayList<>(inline.size() + 3);
        content.add(header(object));
        content.addAll(inline);
        long offset = content.stream().mapToLong(ByteBuffer::remaining).sum();
        ByteBuffer sealed = seal(document, sealer);
        DocumentHash hash = DocumentHash.of(sealed);
        content.add(sealed);
        ByteBuffer footer = ByteBuffer.allocate(FOOTER_BYTES).putLong(offset).putLong(sealed.remaining());
        hash.write(footer);
        content.add(footer.putLong(0).put(magic).flip());
        return new Assembled(content, offset + sealed.remaining() + FOOTER_BYTES, hash);
    }

    private static ByteBuffer seal(ByteBuffer document, FrameSealer sealer) {
        ByteBuffer whole = ByteBuffer.allocate(8 + document.remaining())
                .putLong(document.remaining())
                .put(document.duplicate())
                .flip();
        int frames = Math.ceilDiv(whole.remaining(), FRAME_BYTES);
        ByteBuffer sealed = ByteBuffer.allocate(whole.remaining() + frames * FrameHeader.OVERHEAD_BYTES);
        while (whole.hasRemaining()) {
            int length = Math.min(FRAME_BYTES, whole.remaining());
            ByteBuffer piece = whole.slice(whole.position(), length);
            sealer.seal(piece, sealed);
            whole.position(whole.position() + length);
        }
        return sealed.flip();
    }

    /// Reads the document of an object.
    ///
    /// @param object which
    /// @param size the object's size, as a listing said
    /// @throws DamagedObjectException if the object is not there, or not what it must be
    public static Document read(FrameAccess access, ObjectRef object, long size) throws IOException {
        String name = object.name(access.machine());
        if (size < HEADER_BYTES + FOOTER_BYTES + FrameHeader.OVERHEAD_BYTES) {
            throw new DamagedObjectException(name, "The object " + name + " is cut: it has only " + size + " bytes.");
        }
        try {
            return readDocument(access, object, name, size);
        } catch (FrameException e) {
            throw new DamagedObjectException(name, "The object " + name + " is damaged: " + e.getMessage(), e);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.CUT || e.kind() == StoreException.Kind.NOT_FOUND) {
                throw new DamagedObjectException(name, "The object " + name + " is missing or cut.", e);
            }
            throw e;
        }
    }

    private static Document readDocument(FrameAccess access, ObjectRef object, String name, long size)
            throws IOException {
        ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
        access.store().read(name, size - tail.capacity(), tail);
        tail.flip();
        ByteBuffer footer = tail.slice(tail.limit() - FOOTER_BYTES, FOOTER_BYTES);
        long offset = footer.getLong();
        long length = footer.getLong();
        DocumentHash hash = DocumentHash.read(footer);
        byte[] magic = new byte[8];
        footer.position(FOOTER_BYTES - magic.length).get(magic);
        boolean possible = Arrays.equals(magic, magic(object.kind()))
                && offset >= HEADER_BYTES
                && length > FrameHeader.OVERHEAD_BYTES
                && length <= MAX_DOCUMENT_BYTES
                && offset + length + FOOTER_BYTES == size;
        if (!possible) {
            throw new DamagedObjectException(name, "The object " + name + " is damaged: its footer is impossible.");
        }
        ByteBuffer sealed;
        if (length + FOOTER_BYTES <= tail.capacity()) {
            sealed = tail.slice(tail.limit() - FOOTER_BYTES - (int) length, (int) length);
        } else {
            sealed = ByteBuffer.allocate((int) length);
            access.store().read(name, offset, sealed);
            sealed.flip();
        }
        if (!DocumentHash.of(sealed).equals(hash)) {
            throw new DamagedObjectException(
                    name, "The object " + name + " is damaged: its document does not have the hash in its footer.");
        }
        return new Document(open(access, name, sealed), hash);
    }

    private static ByteBuffer open(FrameAccess access, String name, ByteBuffer sealed) throws IOException {
        List<FrameHeader> headers = new ArrayList<>();
        int rawBytes = 0;
        for (int at = 0; at < sealed.limit(); at += headers.getLast().frameLength()) {
            FrameHeader header = FrameHeader.read(sealed.slice(at, sealed.limit() - at));
            if (!headers.isEmpty()) {
                FrameIdentity before = headers.getLast().identity();
                if (!header.identity().equals(new FrameIdentity(before.salt(), before.counter() + 1))) {
                    throw new DamagedObjectException(
                            name,
                            "The object " + name + " is damaged: parts of its document"
                                    + " are missing or from elsewhere.");
                }
            }
            headers.add(header);
            rawBytes += header.rawLength();
            if (rawBytes > MAX_DOCUMENT_BYTES || header.frameLength() > sealed.limit() - at) {
                throw new DamagedObjectException(name, "The object " + name + " is damaged: its document is cut.");
            }
        }
        ByteBuffer raw = ByteBuffer.allocate(rawBytes);
        int at = 0;
        for (FrameHeader header : headers) {
            access.openMetadata(header.identity(), sealed.slice(at, header.frameLength()), raw);
            at += header.frameLength();
        }
        raw.flip();
        if (raw.remaining() < 8 || raw.getLong() != raw.remaining()) {
            throw new DamagedObjectException(name, "The object " + name + " is damaged: its document is cut.");
        }
        return raw;
    }

    /// What is wrong with the bytes of an object that no reader needs: its header, and the zeros in its footer.
    ///
    /// @param size the object's size
    /// @return nothing if they are as they were written
    public static Optional<String> framingDamage(FrameAccess access, ObjectRef object, long size) throws IOException {
        String name = object.name(access.machine());
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        access.store().read(name, 0, header);
        ByteBuffer zeros = ByteBuffer.allocate(ZERO_BYTES);
        access.store().read(name, size - magic(object.kind()).length - ZERO_BYTES, zeros);
        if (!header.flip().equals(header(object))) {
            return Optional.of("The header of the object " + name + " is not what was written.");
        }
        return zeros.flip().getLong() == 0
                ? Optional.empty()
                : Optional.of("The footer of the object " + name + " is not what was written.");
    }

    private static ByteBuffer header(ObjectRef object) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(magic(object.kind()))
                .putLong(object.low())
                .flip();
    }

    private static byte[] magic(ObjectRef.Kind kind) {
        return switch (kind) {
            case POINT -> "BWPOINT1".getBytes(StandardCharsets.US_ASCII);
            case CHECKPOINT -> "BWCHECK1".getBytes(StandardCharsets.US_ASCII);
            case SEGMENT -> throw new IllegalArgumentException("a segment has no document");
        };
    }
}
