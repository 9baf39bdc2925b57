package dev.breakwater.mobility.replication;

import dev.breakwater.wire.Protocol;

/// Decides what comes next. The order of the questions is the order of importance: what was promised first (spooled
/// points), then certainty (synchronise), then progress, then new points.
///
/// ```
///              down ── CONNECT ──► up ── SEND_SPOOLED* ──► SYNCHRONISE? ──► SEND_PARTIAL* ──► TAKE_POINT
///               │ away for a while                                             ▲                  │
///               └── SPOOL_POINT (first point was taken, room left)             └──────────────────┘
/// ```
public final class Decision {

    /// Closed generations that are not durable: one place is left for the open one.
    static final int MAX_IN_FLIGHT = Protocol.MAX_OPEN_GENERATIONS - 1;

    /// A point is taken when no more than this is dirty: capture's own passes deal with the rest, and a lost
    /// point costs little.
    static final long POINT_BACKLOG_BYTES = 64L << 20;

    /// Between points no more than this is left to gather: sending it then would delay the point.
    static final long IDLE_BACKLOG_BYTES = 256L << 20;

    private Decision() {}

    /// The next step.
    public static Step next(Facts facts) {
        if (!facts.wanted()) {
            return Step.WAIT;
        }
        if (facts.lost()) {
            return Step.RENEW;
        }
        return facts.connected() ? connected(facts) : away(facts);
    }

    private static Step away(Facts facts) {
        if (facts.mayConnect()) {
            return Step.CONNECT;
        }
        boolean spool = facts.pointDue()
                && facts.downLong()
                && facts.synchronised()
                && facts.steady()
                && facts.canClose()
                && facts.spoolRoom();
        return spool ? Step.SPOOL_POINT : Step.WAIT;
    }

    private static Step connected(Facts facts) {
        if (facts.spoolUnsent() > 0) {
            return facts.inFlight() >= MAX_IN_FLIGHT ? Step.WAIT : numbered(facts, Step.SEND_SPOOLED);
        }
        if (facts.drains()) {
            return facts.inFlight() > 0 ? Step.WAIT : Step.RECONNECT;
        }
        if (!facts.synchronised()) {
            return facts.inFlight() > 0 ? Step.WAIT : Step.SYNCHRONISE;
        }
        if (facts.inFlight() >= MAX_IN_FLIGHT || !facts.canClose()) {
            return Step.WAIT;
        }
        boolean hurry = facts.pointDue() || !facts.steady();
        long enough = hurry ? POINT_BACKLOG_BYTES : IDLE_BACKLOG_BYTES;
        if (facts.dirtyBytes() > enough && !(hurry && facts.diverging())) {
            return numbered(facts, Step.SEND_PARTIAL);
        }
        return hurry ? numbered(facts, Step.TAKE_POINT) : Step.WAIT;
    }

    /// A connection expects numbers without a gap; after a gap a new one is needed, once this one has done its work.
    private static Step numbered(Facts facts, Step step) {
        if (facts.numberFits()) {
            return step;
        }
        return facts.inFlight() > 0 ? Step.WAIT : Step.RECONNECT;
    }
}
