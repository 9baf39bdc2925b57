package dev.breakwater.vault.log;

import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/// A store whose objects are sound, and come damaged over the line: one after the other, each once.
final class DamagingLine implements ObjectStore {

    private final ObjectStore behind;
    private final Deque<String> next;

    /// @param names objects that will be damaged, in the order in which their turn comes
    DamagingLine(ObjectStore behind, String... names) {
        this.behind = behind;
        this.next = new ArrayDeque<>(List.of(names));
    }

    private boolean damages(String name) {
        return name.equals(next.peek()) && name.equals(next.remove());
    }

    @Override
    public ByteBuffer get(String name) throws StoreException {
        ByteBuffer content = behind.get(name);
        if (damages(name)) {
            content.put(content.limit() - 1, (byte) ~content.get(content.limit() - 1));
        }
        return content;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        behind.read(name, offset, target);
        if (damages(name)) {
            target.put(target.position() - 1, (byte) ~target.get(target.position() - 1));
        }
    }

    @Override
    public PutOutcome putIfAbsent(String name, List<ByteBuffer> content) throws StoreException {
        return behind.putIfAbsent(name, content);
    }

    @Override
    public OptionalLong size(String name) throws StoreException {
        return behind.size(name);
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) throws StoreException {
        return behind.list(prefix, after, limit);
    }

    @Override
    public boolean delete(String name) throws StoreException {
        return behind.delete(name);
    }

    @Override
    public void close() {}
}
