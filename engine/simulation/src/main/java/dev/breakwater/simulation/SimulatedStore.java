package dev.breakwater.simulation;

import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectStore;
import dev.breakwater.vault.blob.PutOutcome;
import dev.breakwater.vault.blob.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/// A program's way to the vault's objects. A call takes its time; it may not arrive, arrive without its
/// answer coming back, be refused for being one too many, or bring back bytes that were changed on the way.
/// Lists are never stale: the contract of [ObjectStore] promises that, and the stores that we use keep it.
final class SimulatedStore implements ObjectStore {

    private static final Duration SLOW = Duration.ofSeconds(20);
    private static final Duration USUAL = Duration.ofMillis(40);

    private final World world;
    private final Node node;
    private final VaultObjects objects;

    SimulatedStore(World world, Node node, VaultObjects objects) {
        this.world = world;
        this.node = node;
        this.objects = objects;
    }

    private interface Call<T> {
        T make() throws StoreException;
    }

    private <T> T call(String what, String name, Call<T> call) throws StoreException {
        String step = what + " " + name;
        Faults faults = world.faults();
        world.step(node, "before " + step);
        boolean faulty = faults.store();
        int fault = faulty ? faults.choice(5) : -1;
        pause(fault == 0 ? SLOW : USUAL);
        if (fault == 1) {
            world.tell(node, "lost: " + step);
            throw unavailable("the request was lost");
        }
        if (fault == 2) {
            world.tell(node, "throttled: " + step);
            throw unavailable("503, server busy");
        }
        if (fault == 3 && what.equals("put")) {
            world.tell(node, "full: " + step);
            throw new StoreException(StoreException.Kind.FULL, "There is no room left.");
        }
        T result = call.make();
        pause(USUAL);
        world.step(node, "after " + step);
        if (fault == 4) {
            world.tell(node, "answer lost: " + step);
            throw unavailable("the answer was lost");
        }
        return result;
    }

    private static StoreException unavailable(String why) {
        return new StoreException(StoreException.Kind.UNAVAILABLE, "The store did not answer: " + why + ".");
    }

    private void pause(Duration most) throws StoreException {
        try {
            node.sleep(world.faults().upTo(most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted");
        }
    }

    @Override
    public PutOutcome putIfAbsent(String name, List<ByteBuffer> content) throws StoreException {
        world.wrote(content);
        return call("put", name, () -> objects.putIfAbsent(name, content));
    }

    @Override
    public ByteBuffer get(String name) throws StoreException {
        ByteBuffer got = call("get", name, () -> objects.get(name));
        damage(name, got);
        return got;
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        ByteBuffer got = target.slice();
        call("read", name, () -> {
            objects.read(name, offset, target);
            return target;
        });
        damage(name, got);
    }

    /// Bits that fall over on the way, past all checksums below us.
    private void damage(String name, ByteBuffer got) {
        Faults faults = world.faults();
        if (faults.store() && faults.chance(4) && got.hasRemaining()) {
            int at = got.position() + faults.choice(got.remaining());
            got.put(at, (byte) (got.get(at) ^ (1 << faults.choice(8))));
            world.tell(node, "damaged on the way: " + name + " at " + at);
        }
    }

    @Override
    public OptionalLong size(String name) throws StoreException {
        return call("size", name, () -> objects.size(name));
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) throws StoreException {
        return call("list", prefix, () -> objects.list(prefix, after, limit));
    }

    @Override
    public boolean delete(String name) throws StoreException {
        return call("delete", name, () -> objects.delete(name));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
