package dev.breakwater.launcher.bench;

import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/// A store whose calls are counted.
///
/// @param store does the work
/// @param counted calls so far
record CountingStore(ObjectStore store, AtomicLong counted) implements ObjectStore {

    CountingStore(ObjectStore store) {
        this(store, new AtomicLong());
    }

    @Override
    public PutOutcome putIfAbsent(String name, List<ByteBuffer> content) throws StoreException {
        counted.incrementAndGet();
        return store.putIfAbsent(name, content);
    }

    @Override
    public ByteBuffer get(String name) throws StoreException {
        counted.incrementAndGet();
        return store.get(name);
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        counted.incrementAndGet();
        store.read(name, offset, target);
    }

    @Override
    public OptionalLong size(String name) throws StoreException {
        counted.incrementAndGet();
        return store.size(name);
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) throws StoreException {
        counted.incrementAndGet();
        return store.list(prefix, after, limit);
    }

    @Override
    public boolean delete(String name) throws StoreException {
        counted.incrementAndGet();
        return store.delete(name);
    }

    @Override
    public void close() {
        store.close();
    }
}
