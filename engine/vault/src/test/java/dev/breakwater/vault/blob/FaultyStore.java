package dev.breakwater.vault.blob;

import dev.breakwater.testkit.Fault;
import dev.breakwater.testkit.FaultPlan;
import dev.breakwater.testkit.SimulatedCrash;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// An [ObjectStore] whose calls fail as a plan says. After a crash every call fails, as no dead process makes
/// one; what the store holds is then looked at through another opening of it.
public final class FaultyStore implements ObjectStore {

    /// Puts that a stale listing lacks.
    private static final int STALE_PUTS = 4;

    private final ObjectStore inner;
    private final FaultPlan plan;
    private final AtomicInteger calls = new AtomicInteger();
    private final Deque<String> recent = new ArrayDeque<>();
    private volatile boolean crashed;

    /// A faulty twin of a store, which it closes with itself.
    public FaultyStore(ObjectStore inner, FaultPlan plan) {
        this.inner = inner;
        this.plan = plan;
    }

    /// Calls that were made so far.
    public int calls() {
        return calls.get();
    }

    private interface Call<T> {
        T run(Fault fault) throws StoreException;
    }

    private <T> T call(String operation, String name, Call<T> call) throws StoreException {
        if (crashed) {
            throw new SimulatedCrash(operation + " " + name + ", or before");
        }
        calls.incrementAndGet();
        Fault fault = plan.next(operation, name);
        if (fault == Fault.LOST_REQUEST) {
            throw lost(operation, name);
        }
        if (fault == Fault.FULL) {
            throw new StoreException(StoreException.Kind.FULL, "No room for " + name + ".");
        }
        if (fault == Fault.REFUSED) {
            throw new StoreException(StoreException.Kind.REFUSED, operation + " is not allowed.");
        }
        if (fault == Fault.CRASH_BEFORE) {
            throw crash(operation, name);
        }
        T result = call.run(fault);
        if (fault == Fault.LOST_ANSWER) {
            throw lost(operation, name);
        }
        if (fault == Fault.CRASH_AFTER) {
            throw crash(operation, name);
        }
        return result;
    }

    private static StoreException lost(String operation, String name) {
        return new StoreException(StoreException.Kind.UNAVAILABLE, "No answer to " + operation + " " + name + ".");
    }

    private SimulatedCrash crash(String operation, String name) {
        crashed = true;
        return new SimulatedCrash(operation + " " + name);
    }

    @Override
    public PutOutcome putIfAbsent(String name, List<ByteBuffer> content) throws StoreException {
        return call("putIfAbsent", name, fault -> {
            PutOutcome outcome = inner.putIfAbsent(name, content);
            synchronized (recent) {
                recent.addLast(name);
                if (recent.size() > STALE_PUTS) {
                    recent.removeFirst();
                }
            }
            return outcome;
        });
    }

    @Override
    public ByteBuffer get(String name) throws StoreException {
        return call("get", name, fault -> inner.get(name));
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws StoreException {
        call("read", name, fault -> {
            inner.read(name, offset, target);
            return name;
        });
    }

    @Override
    public OptionalLong size(String name) throws StoreException {
        return call("size", name, fault -> inner.size(name));
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) throws StoreException {
        return call("list", prefix, fault -> {
            List<ObjectInfo> objects = inner.list(prefix, after, limit);
            if (fault != Fault.STALE_LIST) {
                return objects;
            }
            Set<String> hidden;
            synchronized (recent) {
                hidden = new HashSet<>(recent);
            }
            return objects.stream()
                    .filter(object -> !hidden.contains(object.name()))
                    .toList();
        });
    }

    @Override
    public boolean delete(String name) throws StoreException {
        return call("delete", name, fault -> inner.delete(name));
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public String toString() {
        return "faulty " + inner;
    }
}
