package dev.breakwater.vault.blob.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectNames;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreCredentials;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.blob.VaultLocation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Objects as block blobs of one container.
///
/// A put carries `If-None-Match: *`, so that Azure decides between writers. It also carries a random mark in
/// the blob's metadata: when the answer to a try is lost and the next try meets our own blob, the mark tells
/// that it is ours.
public final class AzureBlobStore implements ObjectStore {

    /// Bytes that one request carries at most; larger objects are staged in blocks of this size and committed
    /// at once.
    private static final int REQUEST_BYTES = 8 << 20;

    private static final int MAX_LIST = 5_000;

    /// Metadata key of the mark.
    private static final String MARK = "breakwaterput";

    private final BlobContainerClient container;
    private final AzureListing listing;
    private final Entropy entropy;
    private final String location;

    private AzureBlobStore(BlobContainerClient container, Entropy entropy, String location) {
        this.container = container;
        this.listing = new AzureListing(container);
        this.entropy = entropy;
        this.location = location;
    }

    /// The store in a container that exists.
    ///
    /// @throws StoreException of kind `REFUSED` if there is no such container or the credentials do not open it
    public static AzureBlobStore open(VaultLocation.Azure location, StoreCredentials credentials, Entropy entropy)
            throws StoreException {
        BlobContainerClient container = AzureContainer.client(location, credentials);
        AzureBlobStore store = new AzureBlobStore(container, entropy, location.toString());
        // A listing and not the container's properties, which a signature for a container may not read.
        store.list("", "", 1);
        return store;
    }

    /// The store in a container, which is made if need be.
    public static AzureBlobStore create(VaultLocation.Azure location, StoreCredentials credentials, Entropy entropy)
            throws StoreException {
        BlobContainerClient container = AzureContainer.client(location, credentials);
        try {
            container.createIfNotExists();
        } catch (BlobStorageException e) {
            // A signature for a container may not make one, but the container may be there: opening it tells.
            return open(location, credentials, entropy);
        } catch (RuntimeException e) {
            throw AzureErrors.of("create", location.container(), e);
        }
        return open(location, credentials, entropy);
    }

    @Override
    public PutOutcome putIfAbsent(String name, List<ByteBuffer> content) throws StoreException {
        BlockBlobClient blob = blob(name);
        long size = content.stream().mapToLong(ByteBuffer::remaining).sum();
        if (size > MAX_OBJECT_BYTES) {
            throw new IllegalArgumentException("An object has at most " + MAX_OBJECT_BYTES + " bytes, not " + size);
        }
        String mark = entropy.uuid().toString();
        try {
            if (size <= REQUEST_BYTES) {
                putAtOnce(blob, content, mark);
            } else {
                putInBlocks(blob, content, mark);
            }
            return PutOutcome.CREATED;
        } catch (BlobStorageException e) {
            boolean overtaken = BlobErrorCode.INVALID_BLOCK_LIST.equals(e.getErrorCode());
            if (AzureErrors.isExistence(e) || overtaken) {
                return outcomeOfExisting(name, blob, mark, e);
            }
            throw AzureErrors.of("write", name, e);
        } catch (RuntimeException e) {
            throw AzureErrors.of("write", name, e);
        }
    }

    private static void putAtOnce(BlockBlobClient blob, List<ByteBuffer> content, String mark) {
        BinaryData data =
                content.isEmpty() ? BinaryData.fromBytes(new byte[0]) : BinaryData.fromListByteBuffer(views(content));
        blob.uploadWithResponse(
                new BlockBlobSimpleUploadOptions(data)
                        .setMetadata(Map.of(MARK, mark))
                        .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*")),
                null,
                Context.NONE);
    }

    private static void putInBlocks(BlockBlobClient blob, List<ByteBuffer> content, String mark) {
        List<String> ids = new ArrayList<>();
        for (List<ByteBuffer> block : UploadBlocks.cut(content, REQUEST_BYTES)) {
            // The mark in the id keeps the blocks of several writers of one name apart.
            String id = Base64.getEncoder()
                    .encodeToString("%s-%04d".formatted(mark, ids.size()).getBytes(StandardCharsets.US_ASCII));
            blob.stageBlockWithResponse(
                    new BlockBlobStageBlockOptions(id, BinaryData.fromListByteBuffer(block)), null, Context.NONE);
            ids.add(id);
        }
        blob.commitBlockListWithResponse(
                new BlockBlobCommitBlockListOptions(ids)
                        .setMetadata(Map.of(MARK, mark))
                        .setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*")),
                null,
                Context.NONE);
    }

    private static PutOutcome outcomeOfExisting(
            String name, BlockBlobClient blob, String mark, BlobStorageException why) throws StoreException {
        try {
            String itsMark = blob.getProperties().getMetadata().get(MARK);
            return mark.equals(itsMark) ? PutOutcome.CREATED : PutOutcome.EXISTS;
        } catch (BlobStorageException e) {
            if (AzureErrors.isAbsence(e)) {
                // It was deleted in the meantime: whether ours was made is unknown.
                throw new StoreException(
                        StoreException.Kind.UNAVAILABLE,
                        "The object \"" + name + "\" appeared and vanished while it was written. Try again.",
                        why);
            }
            throw AzureErrors.of("look up", name, e);
        } catch (RuntimeException e) {
            throw AzureErrors.of("look up", name, e);
        }
    }

    @Override
    public ByteBuffer get(String name) throws StoreException {
        BlockBlobClient blob = blob(name);
        GrowingSink sink = new GrowingSink(MAX_OBJECT_BYTES);
        tell("read", name, () -> blob.downloadStreamWithResponse(sink, null, null, null, false, null, Context.NONE));
        return sink.content();
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        int count = target.remaining();
        if (count == 0) {
            return;
        }
        BlockBlobClient blob = blob(name);
        BufferSink sink = new BufferSink(target);
        BlobRange range = new BlobRange(offset, (long) count);
        tell("read", name, () -> blob.downloadStreamWithResponse(sink, range, null, null, false, null, Context.NONE));
        if (target.hasRemaining()) {
            throw new StoreException(
                    StoreException.Kind.CUT,
                    "The object \"" + name + "\" ends at byte " + (offset + count - target.remaining()) + ", but "
                            + count + " bytes from " + offset + " on were asked for.");
        }
    }

    @Override
    public OptionalLong size(String name) throws StoreException {
        BlockBlobClient blob = blob(name);
        try {
            return OptionalLong.of(blob.getProperties().getBlobSize());
        } catch (BlobStorageException e) {
            if (AzureErrors.isAbsence(e)) {
                return OptionalLong.empty();
            }
            throw AzureErrors.of("look up", name, e);
        } catch (RuntimeException e) {
            throw AzureErrors.of("look up", name, e);
        }
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) throws StoreException {
        ObjectNames.requirePrefix(prefix);
        if (limit < 1 || limit > MAX_LIST) {
            throw new IllegalArgumentException("A listing has 1 to " + MAX_LIST + " entries, not " + limit + ".");
        }
        return tell("list", prefix, () -> listing.list(prefix, after, limit));
    }

    @Override
    public boolean delete(String name) throws StoreException {
        BlockBlobClient blob = blob(name);
        return tell("delete", name, blob::deleteIfExists);
    }

    @Override
    public void close() {
        // The library's HTTP client has nothing to close; its idle connections end by themselves.
        listing.forget();
    }

    @Override
    public String toString() {
        return location;
    }

    private BlockBlobClient blob(String name) {
        return container.getBlobClient(ObjectNames.require(name)).getBlockBlobClient();
    }

    private static <T> T tell(String action, String name, Supplier<T> call) throws StoreException {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw AzureErrors.of(action, name, e);
        }
    }

    private static List<ByteBuffer> views(List<ByteBuffer> content) {
        return content.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
    }
}
