package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.wire.Message.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells who asked for a point, or for a comparison, that it is in the vault.
final class PointAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(PointAnswers.class);
    private static final OrderResult DONE = new OrderResult(true, null);

    private final ReplicationPorts ports;
    private final PointPlan plan;
    private final ResyncOrders resyncs;

    /// Points that were sent on a connection that has ended: whether they are in the vault is told in the next welcome.
    /// At most what may be in flight on one connection.
    private final List<Link.Sent> unheard = new ArrayList<>();

    PointAnswers(ReplicationPorts ports, PointPlan plan, ResyncOrders resyncs) {
        this.ports = ports;
        this.plan = plan;
        this.resyncs = resyncs;
    }

    void durable(PointMetadata point, UUID incarnation, long generation) {
        LOG.info("Recovery point {} of {} is durable.", point.id(), point.time());
        plan.durable(point.id()).ifPresent(order -> ports.answers().answer(order, DONE));
        resyncs.durable(incarnation, generation)
                .forEach(order -> ports.answers().answer(order, DONE));
    }

    /// A connection has ended without a word of what was sent on it. A point of which nobody knows yet is not taken
    /// again under its name: what was run for it would be run twice. One of the policy is due at once.
    void lost(Link.Sent sent, long now) {
        if (sent.point().isPresent()) {
            unheard.add(sent);
            plan.soon(now);
        }
    }

    /// Answers what became durable unheard, as the connection was lost or this program died, and lets the rest be taken
    /// again. After a restart only the newest point is known.
    ///
    /// @param last what the vault has
    void welcomed(Optional<LastDurable> last, long now) {
        for (var sent : unheard) {
            var point = sent.point().orElseThrow();
            if (last.filter(durable -> holds(durable, sent)).isPresent()) {
                durable(point, sent.incarnation(), sent.generation());
            } else {
                plan.lost(point.id(), now);
            }
        }
        unheard.clear();
        last.flatMap(LastDurable::point)
                .flatMap(plan::durable)
                .ifPresent(order -> ports.answers().answer(order, DONE));
    }

    private static boolean holds(LastDurable last, Link.Sent sent) {
        return sent.incarnation().equals(last.incarnation()) && sent.generation() <= last.generation();
    }
}
