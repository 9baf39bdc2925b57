package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.PointOrder;
import dev.breakwater.model.PointId;
import dev.breakwater.model.PointType;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.platform.Entropy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Knows which point is due: those that were asked for, in their order, then those of the policy. Time is monotonic
/// nanoseconds.
final class PointPlan {

    /// A point that could not be taken is tried again after this time.
    private static final long RETRY_NANOS = Duration.ofSeconds(2).toNanos();

    /// A point that was asked for fails after so many tries: somebody waits for the answer.
    private static final int MAX_TRIES = 5;

    /// Answered orders that are remembered, until the server has dropped them from the list.
    private static final int MAX_DONE = 2000;

    /// A point to take.
    ///
    /// @param id its identity
    /// @param type what it shall promise
    /// @param order who asked for it; null for the policy
    record Due(PointId id, PointType type, @Nullable PointOrder order) {}

    private final Entropy entropy;
    private final boolean hooks;
    private ReplicationPolicy policy = ReplicationPolicy.DEFAULT;
    private List<PointOrder> orders = List.of();
    private final Map<PointId, UUID> answers = new HashMap<>();
    private final Set<PointId> taken = new HashSet<>();
    private final Set<PointId> done = new LinkedHashSet<>();
    private final Map<PointId, Integer> tries = new HashMap<>();
    private long nextCrash;
    private long nextApplication;
    private long notBefore;
    private boolean anyTaken;

    /// @param hooks whether applications can be brought to rest on this machine
    PointPlan(Entropy entropy, boolean hooks, long now) {
        this.entropy = entropy;
        this.hooks = hooks;
        this.nextCrash = now;
        this.nextApplication = now;
        this.notBefore = now;
    }

    void policy(ReplicationPolicy wanted, long now) {
        if (wanted.equals(policy)) {
            return;
        }
        policy = wanted;
        if (anyTaken) {
            nextCrash = Math.min(nextCrash, now + wanted.crashConsistentEvery().toNanos());
        }
        nextApplication = now + wanted.applicationConsistentEvery().toNanos();
    }

    void orders(List<PointOrder> wanted) {
        orders = List.copyOf(wanted);
        for (var order : wanted) {
            answers.put(order.pointId(), order.orderId());
        }
    }

    Optional<Due> due(long now) {
        if (now - notBefore < 0) {
            return Optional.empty();
        }
        for (var order : orders) {
            if (!taken.contains(order.pointId()) && !done.contains(order.pointId())) {
                return Optional.of(new Due(order.pointId(), order.type(), order));
            }
        }
        boolean application = hooks && !policy.applicationConsistentEvery().isZero() && now - nextApplication >= 0;
        if (application) {
            return Optional.of(new Due(new PointId(entropy.uuid()), PointType.APPLICATION_CONSISTENT, null));
        }
        return now - nextCrash >= 0
                ? Optional.of(new Due(new PointId(entropy.uuid()), PointType.CRASH_CONSISTENT, null))
                : Optional.empty();
    }

    /// The first point of all, which nobody asked for.
    Due extra() {
        return new Due(new PointId(entropy.uuid()), PointType.CRASH_CONSISTENT, null);
    }

    boolean isDue(long now) {
        return due(now).isPresent();
    }

    /// How long until something may be due.
    long waitNanos(long now) {
        return Math.max(0, Math.max(nextCrash - now, notBefore - now));
    }

    /// The point was taken, and is on its way or in the spool.
    void taken(Due due, long now) {
        anyTaken = true;
        taken.add(due.id());
        tries.remove(due.id());
        nextCrash = now + policy.crashConsistentEvery().toNanos();
        if (due.type() == PointType.APPLICATION_CONSISTENT) {
            nextApplication = now + policy.applicationConsistentEvery().toNanos();
        }
    }

    /// A point that an earlier run of the program took and spooled.
    void spooledBefore(PointId id) {
        taken.add(id);
    }

    /// The point could not be taken.
    ///
    /// @return the order to answer with a failure, if the tries are used up
    Optional<UUID> notTaken(Due due, long now) {
        notBefore = now + RETRY_NANOS;
        var order = due.order();
        if (order == null) {
            return Optional.empty();
        }
        if (tries.merge(due.id(), 1, Integer::sum) < MAX_TRIES) {
            return Optional.empty();
        }
        return Optional.of(failed(order));
    }

    /// The point is given up for good.
    UUID failed(PointOrder order) {
        tries.remove(order.pointId());
        finish(order.pointId());
        return order.orderId();
    }

    /// The process server is gone: a point is due at once, so that the spool has the state of that moment.
    void soon(long now) {
        if (now - nextCrash < 0) {
            nextCrash = now;
        }
    }

    /// The point was lost on its way: another one is due at once.
    void lost(PointId id, long now) {
        taken.remove(id);
        nextCrash = now;
    }

    /// The point is durable.
    ///
    /// @return the order to answer, if somebody asked for it
    Optional<UUID> durable(PointId id) {
        taken.remove(id);
        finish(id);
        return Optional.ofNullable(answers.remove(id));
    }

    private void finish(PointId id) {
        done.add(id);
        if (done.size() > MAX_DONE) {
            done.remove(done.iterator().next());
        }
    }
}
