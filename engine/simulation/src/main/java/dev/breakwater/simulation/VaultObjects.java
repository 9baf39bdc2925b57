package dev.breakwater.simulation;

import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// The objects of the vault, behind a store that always works. What the simulated stores of all programs lead to, and
/// what the judge reads.
final class VaultObjects implements ObjectStore {

    private final TreeMap<String, byte[]> objects;
    private long slotsMade;
    private long checkpointsMade;

    VaultObjects() {
        this(new TreeMap<>());
    }

    private VaultObjects(SortedMap<String, byte[]> objects) {
        this.objects = new TreeMap<>(objects);
    }

    /// How many checkpoints were ever made.
    long checkpointsMade() {
        return checkpointsMade;
    }

    /// A copy with a life of its own.
    VaultObjects copy() {
        return new VaultObjects(objects);
    }

    /// How many slots of machines were ever made.
    long slotsMade() {
        return slotsMade;
    }

    @Override
    public PutOutcome putIfAbsent(String name, List<ByteBuffer> content) {
        ByteBuffer all = ByteBuffer.allocate(
                content.stream().mapToInt(ByteBuffer::remaining).sum());
        content.forEach(part -> all.put(part.duplicate()));
        boolean made = objects.putIfAbsent(name, all.array()) == null;
        if (made && name.startsWith("points/")) {
            slotsMade++;
        }
        if (made && name.startsWith("checkpoints/")) {
            checkpointsMade++;
        }
        return made ? PutOutcome.CREATED : PutOutcome.EXISTS;
    }

    private byte[] existing(String name) throws StoreException {
        byte[] object = objects.get(name);
        if (object == null) {
            throw new StoreException(StoreException.Kind.NOT_FOUND, "There is no object \"" + name + "\".");
        }
        return object;
    }

    @Override
    public ByteBuffer get(String name) throws StoreException {
        return ByteBuffer.wrap(existing(name).clone());
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        byte[] object = existing(name);
        if (offset + target.remaining() > object.length) {
            throw new StoreException(StoreException.Kind.CUT, "The object \"" + name + "\" is cut.");
        }
        target.put(object, (int) offset, target.remaining());
    }

    @Override
    public OptionalLong size(String name) {
        byte[] object = objects.get(name);
        return object == null ? OptionalLong.empty() : OptionalLong.of(object.length);
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) {
        String from = after.compareTo(prefix) > 0 ? after : prefix;
        return objects.tailMap(from, false).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .limit(limit)
                .map(entry -> new ObjectInfo(entry.getKey(), entry.getValue().length))
                .toList();
    }

    @Override
    public boolean delete(String name) {
        return objects.remove(name) != null;
    }

    @Override
    public void close() {
        // Memory only.
    }
}
