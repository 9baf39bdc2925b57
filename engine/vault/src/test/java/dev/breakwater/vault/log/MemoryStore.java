package dev.breakwater.vault.log;

import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// An object store in memory that counts calls, and that can fall silent before or after any call.
public final class MemoryStore implements ObjectStore {

    private final ConcurrentSkipListMap<String, byte[]> objects;
    private final AtomicLong calls = new AtomicLong();
    private long silentFrom = Long.MAX_VALUE;
    private boolean lastHappens;
    private long lostAnswer = -1;
    private boolean damaging;

    public MemoryStore() {
        this(new ConcurrentSkipListMap<>());
    }

    private MemoryStore(ConcurrentSkipListMap<String, byte[]> objects) {
        this.objects = objects;
    }

    /// The same objects in another store without faults.
    public MemoryStore reopened() {
        return new MemoryStore(objects);
    }

    /// A copy with objects of its own.
    public MemoryStore copy() {
        return new MemoryStore(new ConcurrentSkipListMap<>(objects));
    }

    public Map<String, byte[]> objects() {
        return objects;
    }

    public long calls() {
        return calls.get();
    }

    public void resetCalls() {
        calls.set(0);
    }

    /// From this call on every call fails.
    ///
    /// @param happens whether the first of them has its effect all the same
    public void fallSilent(long call, boolean happens) {
        silentFrom = call;
        lastHappens = happens;
    }

    /// From now on whole objects of data arrive with a bit changed, though they are stored as they were.
    public void damageOnTheWay(boolean yes) {
        damaging = yes;
    }

    /// The call has its effect, but its answer is lost; later calls work.
    public void loseAnswerOf(long call) {
        lostAnswer = call;
    }

    private boolean call() throws StoreException {
        long number = calls.getAndIncrement();
        if (number == lostAnswer) {
            return false;
        }
        if (number < silentFrom) {
            return true;
        }
        if (number == silentFrom && lastHappens) {
            return false;
        }
        throw silent();
    }

    private static StoreException silent() {
        return new StoreException(StoreException.Kind.UNAVAILABLE, "the store is silent");
    }

    @Override
    public PutOutcome putIfAbsent(String name, List<ByteBuffer> content) throws StoreException {
        boolean answers = call();
        ByteBuffer all = ByteBuffer.allocate(
                content.stream().mapToInt(ByteBuffer::remaining).sum());
        content.forEach(part -> all.put(part.duplicate()));
        byte[] before = objects.putIfAbsent(name, all.array());
        if (!answers) {
            throw silent();
        }
        return before == null ? PutOutcome.CREATED : PutOutcome.EXISTS;
    }

    @Override
    public ByteBuffer get(String name) throws StoreException {
        call();
        byte[] object = existing(name).clone();
        if (damaging && name.startsWith("segments/")) {
            object[object.length / 2] ^= 4;
        }
        return ByteBuffer.wrap(object);
    }

    private byte[] existing(String name) throws StoreException {
        byte[] object = objects.get(name);
        if (object == null) {
            throw new StoreException(StoreException.Kind.NOT_FOUND, "no object " + name);
        }
        return object;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        call();
        byte[] object = existing(name);
        if (offset + target.remaining() > object.length) {
            throw new StoreException(StoreException.Kind.CUT, "the object " + name + " is too short");
        }
        target.put(object, (int) offset, target.remaining());
    }

    @Override
    public OptionalLong size(String name) throws StoreException {
        call();
        byte[] object = objects.get(name);
        return object == null ? OptionalLong.empty() : OptionalLong.of(object.length);
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) throws StoreException {
        call();
        String from = after.compareTo(prefix) > 0 ? after : prefix;
        return objects.tailMap(from, false).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .limit(limit)
                .map(entry -> new ObjectInfo(entry.getKey(), entry.getValue().length))
                .toList();
    }

    @Override
    public boolean delete(String name) throws StoreException {
        boolean answers = call();
        byte[] before = objects.remove(name);
        if (!answers) {
            throw silent();
        }
        return before != null;
    }

    @Override
    public void close() {}
}
