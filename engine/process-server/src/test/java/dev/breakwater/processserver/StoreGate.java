package dev.breakwater.processserver;

import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// A store whose puts can be held back, or made to fail, while a test looks at what waits before it, and on
/// the way from which an object can be damaged.
public final class StoreGate implements ObjectStore {

    final AtomicInteger puts = new AtomicInteger();
    final AtomicInteger calls = new AtomicInteger();
    private final ObjectStore behind;
    private boolean shut;
    private StoreException.Kind failure;
    private volatile String damaged = "";

    public StoreGate(ObjectStore behind) {
        this.behind = behind;
    }

    public synchronized void shut() {
        shut = true;
    }

    public synchronized void fail(StoreException.Kind kind) {
        failure = kind;
        notifyAll();
    }

    /// Damages the next reading of the object whose name ends like that; the object stays as it is.
    void damageOnTheWay(String nameEnd) {
        damaged = nameEnd;
    }

    private boolean damages(String name) {
        if (damaged.isEmpty() || !name.endsWith(damaged)) {
            return false;
        }
        damaged = "";
        return true;
    }

    public synchronized void open() {
        shut = false;
        failure = null;
        notifyAll();
    }

    private synchronized void pass() throws StoreException {
        try {
            while (shut && failure == null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.REFUSED, "stopped");
        }
        if (failure != null) {
            throw new StoreException(failure, "the test says so");
        }
    }

    @Override
    public PutOutcome putIfAbsent(String name, List<ByteBuffer> content) throws StoreException {
        pass();
        puts.incrementAndGet();
        calls.incrementAndGet();
        return behind.putIfAbsent(name, content);
    }

    @Override
    public ByteBuffer get(String name) throws StoreException {
        calls.incrementAndGet();
        ByteBuffer content = behind.get(name);
        if (damages(name)) {
            content.put(content.limit() - 1, (byte) ~content.get(content.limit() - 1));
        }
        return content;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        calls.incrementAndGet();
        behind.read(name, offset, target);
        if (damages(name)) {
            target.put(target.position() - 1, (byte) ~target.get(target.position() - 1));
        }
    }

    @Override
    public OptionalLong size(String name) throws StoreException {
        calls.incrementAndGet();
        return behind.size(name);
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) throws StoreException {
        calls.incrementAndGet();
        return behind.list(prefix, after, limit);
    }

    @Override
    public boolean delete(String name) throws StoreException {
        calls.incrementAndGet();
        return behind.delete(name);
    }

    @Override
    public void close() {}
}
