package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.mobility.capture.BlockSink;
import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.mobility.spool.SpooledPoint;
import dev.breakwater.model.MachineId;
import dev.breakwater.wire.Message.Durable;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.Message.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import dev.breakwater.wire.Protocol;
import dev.breakwater.wire.transport.ReplicationListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to the process server in its coming and going: which one, since when it is away, what was sent on
/// it and is not durable. What is heard from other threads only leaves a note here, which replication takes.
final class Link {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private static final long FIRST_RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    /// A process server that comes back is found within this time.
    private static final long MAX_RETRY_NANOS = Duration.ofSeconds(30).toNanos();

    /// A shorter absence (a restart) does not make points go to the spool.
    private static final long DOWN_LONG_NANOS = Duration.ofSeconds(5).toNanos();

    /// A generation that was closed on the connection.
    ///
    /// @param incarnation of the connection
    /// @param generation its number
    /// @param point what made it a recovery point
    /// @param spooled where it came from, if from the spool
    record Sent(UUID incarnation, long generation, Optional<PointMetadata> point, Optional<SpooledPoint> spooled) {}

    /// How a connection ended.
    ///
    /// @param problem why, unless it was our wish
    /// @param notDurable what was sent on it in vain, for all we know
    record End(Optional<String> problem, List<Sent> notDurable) {}

    private final ProcessServerLink port;
    private final LongSupplier nanos;
    private final Runnable wake;

    private @Nullable ReplicationTarget target;
    private volatile @Nullable ReplicationTarget connectedTo;
    private volatile @Nullable LinkConnection connection;
    private volatile @Nullable Heard heard;
    private @Nullable LinkSink sink;
    private UUID incarnation = new UUID(0, 0);
    private long nextGeneration;
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private @Nullable End end;
    private String lastProblem = "";
    private long retryNanos = FIRST_RETRY_NANOS;
    private long retryAt;
    private long downSince;
    private boolean absenceNoted;

    Link(ProcessServerLink port, LongSupplier nanos, Runnable wake) {
        this.port = port;
        this.nanos = nanos;
        this.wake = wake;
        this.retryAt = nanos.getAsLong();
        this.downSince = retryAt;
    }

    /// What another thread heard.
    private final class Heard implements ReplicationListener {
        private volatile long durable;
        private volatile long durableSlot;
        private volatile @Nullable IOException closed;

        @Override
        public void durable(Durable message) {
            durableSlot = message.slot();
            durable = message.generation();
            wake.run();
        }

        @Override
        public void closed(IOException cause) {
            closed = cause;
            wake.run();
        }
    }

    /// From any thread: whoever is blocked on a connection to another process server shall give up.
    void giveUpUnless(@Nullable ReplicationTarget wanted) {
        var open = connection;
        if (open != null && !same(wanted, connectedTo)) {
            open.close();
        }
    }

    void target(ReplicationTarget wanted) {
        if (connection != null && !same(wanted, connectedTo)) {
            LOG.info("Moving to process server {} (epoch {}).", wanted.id(), wanted.epoch());
            again();
        }
        if (!same(wanted, target)) {
            retryAt = nanos.getAsLong();
            retryNanos = FIRST_RETRY_NANOS;
        }
        target = wanted;
    }

    Optional<LastDurable> connect(
            MachineId machine, UUID helloIncarnation, List<ProtectedDisk> disks, long next, Progress progress)
            throws IOException, InterruptedException {
        var to = target;
        if (to == null) {
            throw new LinkException("No process server is assigned.");
        }
        var listener = new Heard();
        var hello = new Hello(
                Protocol.VERSION,
                machine,
                helloIncarnation,
                disks.stream()
                        .map(disk -> new Hello.Disk(disk.id(), disk.sizeBytes()))
                        .toList(),
                next);
        LinkConnection opened;
        try {
            opened = port.connect(to, hello, listener);
        } catch (IOException e) {
            throw new LinkException(e);
        }
        LOG.info(
                "Connected to process server {}; the vault has {}; next is generation {} of {}",
                to.id(),
                opened.lastDurable(),
                next,
                helloIncarnation);
        end = null;
        sent.clear();
        incarnation = helloIncarnation;
        nextGeneration = next;
        sink = new LinkSink(opened, disks, progress);
        heard = listener;
        connectedTo = to;
        connection = opened;
        retryNanos = FIRST_RETRY_NANOS;
        absenceNoted = false;
        lastProblem = "";
        return opened.lastDurable();
    }

    boolean connected() {
        return connection != null;
    }

    boolean mayConnect(long now) {
        return connection == null && now - retryAt >= 0;
    }

    boolean downLong(long now) {
        return connection == null && now - downSince >= DOWN_LONG_NANOS;
    }

    /// Whether this is the first time in this absence that it is found to be long.
    boolean becameDownLong(long now) {
        boolean first = downLong(now) && !absenceNoted;
        absenceNoted |= first;
        return first;
    }

    /// Whether a recovery point is on its way.
    boolean pointInFlight() {
        return sent.stream().anyMatch(s -> s.point().isPresent());
    }

    long waitNanos(long now) {
        return Math.max(0, retryAt - now);
    }

    UUID incarnation() {
        return incarnation;
    }

    long nextGeneration() {
        return nextGeneration;
    }

    int inFlight() {
        return sent.size();
    }

    boolean hasSent(SpooledPoint point) {
        return sent.stream().anyMatch(s -> s.spooled().filter(point::equals).isPresent());
    }

    BlockSink sink() throws LinkException {
        var open = sink;
        requireOpen();
        if (open == null) {
            throw new LinkException("There is no connection to a process server.");
        }
        return open;
    }

    LinkConnection require() throws LinkException {
        requireOpen();
        var open = connection;
        if (open == null) {
            throw new LinkException("There is no connection to a process server.");
        }
        return open;
    }

    void requireOpen() throws LinkException {
        var listener = heard;
        if (connection == null || listener == null) {
            throw new LinkException("There is no connection to a process server.");
        }
        if (listener.closed != null) {
            throw new LinkException(listener.closed);
        }
    }

    void closeGeneration(long generation, Optional<PointMetadata> point, Optional<SpooledPoint> spooled)
            throws IOException, InterruptedException {
        try {
            require().closeGeneration(generation, point);
        } catch (LinkException e) {
            throw e;
        } catch (IOException e) {
            throw new LinkException(e);
        }
        sent.add(new Sent(incarnation, generation, point, spooled));
        nextGeneration = generation + 1;
    }

    /// The oldest of what was sent, once it is durable. It stays until [#taken]: who fails over it finds it again,
    /// or in the connection's end.
    Optional<Sent> oldestDurable() {
        var listener = heard;
        return listener == null
                ? Optional.empty()
                : Optional.ofNullable(sent.peekFirst()).filter(oldest -> oldest.generation() <= listener.durable);
    }

    /// What was durable has been taken note of.
    void taken(Sent durable) {
        sent.remove(durable);
    }

    /// The newest slot that was said to be durable on the connection, 0 if none was.
    long durableSlot() {
        var listener = heard;
        return listener == null ? 0 : listener.durableSlot;
    }

    boolean hasEnded() {
        var listener = heard;
        return end != null || (listener != null && listener.closed != null);
    }

    /// How the connection ended, once. To be called after all that is durable was taken.
    Optional<End> takeEnd() {
        var listener = heard;
        if (end == null && listener != null && listener.closed != null) {
            lost(new LinkException(listener.closed));
        }
        var result = Optional.ofNullable(end);
        end = null;
        return result;
    }

    /// Ends the connection to open another one at once.
    void again() {
        if (connection != null) {
            finish(Optional.empty());
            retryAt = nanos.getAsLong();
        }
    }

    /// The connection failed, or could not be opened.
    void lost(LinkException cause) {
        String problem = String.valueOf(cause.getMessage());
        if (problem.equals(lastProblem)) {
            LOG.debug("Still no process server: {}", problem);
        } else {
            LOG.warn("No process server: {}", problem);
            lastProblem = problem;
        }
        finish(Optional.of(problem));
        retryAt = nanos.getAsLong() + retryNanos;
        retryNanos = Math.min(MAX_RETRY_NANOS, retryNanos * 2);
    }

    void close() {
        if (connection != null) {
            finish(Optional.empty());
        }
    }

    private void finish(Optional<String> problem) {
        var open = connection;
        connection = null;
        connectedTo = null;
        heard = null;
        sink = null;
        if (open != null) {
            open.close();
            downSince = nanos.getAsLong();
        }
        end = new End(problem, List.copyOf(sent));
        sent.clear();
    }

    private static boolean same(@Nullable ReplicationTarget one, @Nullable ReplicationTarget other) {
        return one != null
                && other != null
                && one.id().equals(other.id())
                && one.epoch() == other.epoch()
                && one.hosts().equals(other.hosts())
                && one.port() == other.port();
    }
}
