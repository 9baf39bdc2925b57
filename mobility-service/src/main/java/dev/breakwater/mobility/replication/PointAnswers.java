package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.OrderResult;
import dev.breakwater.wire.Message.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import java.util.ArrayList;
import java.util.List;
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

    /// Sent on connections that ended since the last welcome, for all we know in vain; at most what may be in flight.
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

    /// Sent directly, on a connection that has ended.
    void lost(Link.Sent sent, long now) {
        unheard.add(sent);
        sent.point().ifPresent(point -> plan.lost(point.id(), now));
    }

    /// What was sent directly may have become durable without a word of it, as the connection was lost or this program
    /// died: it is answered, and not taken once more. After a restart only the newest point is known.
    void welcomed(LastDurable last) {
        for (var sent : unheard) {
            if (sent.incarnation().equals(last.incarnation()) && sent.generation() <= last.generation()) {
                sent.point().ifPresent(point -> durable(point, sent.incarnation(), sent.generation()));
            }
        }
        unheard.clear();
        last.point().flatMap(plan::durable).ifPresent(order -> ports.answers().answer(order, DONE));
    }
}
