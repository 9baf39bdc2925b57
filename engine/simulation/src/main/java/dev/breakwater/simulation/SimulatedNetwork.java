package dev.breakwater.simulation;

import dev.breakwater.model.ProcessServerId;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.transport.ConnectionTimes;
import dev.breakwater.wire.transport.Destination;
import dev.breakwater.wire.transport.MachineAcceptor;
import dev.breakwater.wire.transport.ProvenPeer;
import dev.breakwater.wire.transport.ReplicationConnection;
import dev.breakwater.wire.transport.ReplicationListener;
import dev.breakwater.wire.transport.UpgradedChannels;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The network between machines and process servers: who listens, and which connections stand.
final class SimulatedNetwork {

    private static final Duration LATENCY = Duration.ofMillis(60);

    private record Listening(Node node, MachineAcceptor acceptor) {}

    private final World world;
    private final Map<ProcessServerId, Listening> listening = new HashMap<>();
    private final List<Wire> wires = new ArrayList<>();
    private long healedAt;

    SimulatedNetwork(World world) {
        this.world = world;
    }

    /// A process server listens from now on, until it dies.
    void listen(ProcessServerId id, Node node, MachineAcceptor acceptor) {
        listening.put(id, new Listening(node, acceptor));
        node.whenDead(() -> listening.computeIfPresent(id, (_, there) -> there.node() == node ? null : there));
    }

    /// Nothing passes for this long; connections that hear nothing for too long die.
    void cut(Duration time) {
        healedAt = Math.max(healedAt, world.scheduler().nanos() + time.toNanos());
        world.scheduler().trace().tell(world.scheduler().nanos(), "the network is cut for " + time);
        if (time.compareTo(ConnectionTimes.USUAL.dead()) > 0) {
            List<Wire> cut = List.copyOf(wires);
            world.scheduler()
                    .at(
                            world.scheduler().nanos()
                                    + ConnectionTimes.USUAL.dead().toNanos(),
                            () -> cut.forEach(Wire::fellSilent));
        }
    }

    /// Everything passes again.
    void heal() {
        healedAt = 0;
    }

    /// When what is sent now arrives.
    long arrival() {
        long latency = world.faults().upTo(LATENCY).toNanos();
        return Math.max(world.scheduler().nanos(), healedAt) + latency;
    }

    /// One connection, if there is one, breaks without a word.
    void breakOne() {
        wires.removeIf(Wire::over);
        if (!wires.isEmpty()) {
            wires.get(world.faults().choice(wires.size())).breakDown();
        }
    }

    ReplicationConnection connect(Node machine, Destination destination, Hello hello, ReplicationListener listener)
            throws IOException, InterruptedException {
        machine.sleep(world.faults().upTo(LATENCY));
        boolean cut = world.scheduler().nanos() < healedAt;
        if (cut || world.faults().network()) {
            machine.sleep(ConnectionTimes.USUAL.connect());
            throw new IOException("connect timed out");
        }
        Listening server = listening.get(destination.expected());
        if (server == null || !server.node().alive()) {
            throw new IOException("connection refused");
        }
        wires.removeIf(Wire::over);
        var wire = new Wire(world, this, machine, server.node());
        wires.add(wire);
        var name = new PeerName(PeerRole.MACHINE, hello.machine().uuid());
        var peer = new ProvenPeer(name, Template.CERTIFICATE, Instant.MIN, Instant.MAX);
        UpgradedChannels.serve(wire.serverChannel(), peer, server.acceptor(), ConnectionTimes.USUAL);
        wire.start();
        return UpgradedChannels.connect(
                wire.machineChannel(), destination, hello, listener, ConnectionTimes.USUAL, machine);
    }
}
