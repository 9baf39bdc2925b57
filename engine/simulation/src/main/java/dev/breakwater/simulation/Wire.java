package dev.breakwater.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// One TCP connection: bytes arrive in order, late, in other portions than they were sent in, or not at all. The real
/// codec and the real handlers of the protocol sit at both ends.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
final class Wire {

    private final World world;
    private final SimulatedNetwork network;
    private final End machine;
    private final End server;

    /// What travels; without bytes, the end of the connection.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    private record Packet(long arrival, byte @Nullable [] bytes) {}

    Wire(World world, SimulatedNetwork network, Node machine, Node server) {
        this.world = world;
        this.network = network;
        this.machine = new End(machine);
        this.server = new End(server);
        this.machine.peer = this.server;
        this.server.peer = this.machine;
    }

    EmbeddedChannel machineChannel() {
        return machine.channel;
    }

    EmbeddedChannel serverChannel() {
        return server.channel;
    }

    void start() {
        machine.start();
        server.start();
    }

    boolean over() {
        return machine.over && server.over;
    }

    /// The line is dead: what is on its way is lost, and both ends hear of it sooner or later.
    void breakDown() {
        world.scheduler().trace().tell(world.scheduler().nanos(), "a connection breaks");
        machine.lose();
        server.lose();
    }

    /// Neither end has heard anything for too long.
    void fellSilent() {
        machine.silent = true;
        server.silent = true;
        machine.wake();
        server.wake();
    }

    private final class End {
        private final Node node;
        private final EmbeddedChannel channel;
        private final ArrayDeque<Packet> arriving = new ArrayDeque<>();
        private CompletableFuture<Object> news = new CompletableFuture<>();
        private @Nullable End peer;
        private long lastArrival;
        private boolean over;
        private boolean silent;

        End(Node node) {
            this.node = node;
            this.channel = new EmbeddedChannel() {
                @Override
                protected void handleOutboundMessage(Object message) {
                    sent(message);
                }
            };
            channel.freezeTime();
            channel.closeFuture().addListener(_ -> closed());
            node.whenDead(this::closed);
        }

        private End peer() {
            End other = peer;
            if (other == null) {
                throw new IllegalStateException("a wire has two ends");
            }
            return other;
        }

        private void sent(Object message) {
            try {
                if (message instanceof ByteBuf bytes && bytes.isReadable()) {
                    byte[] copy = new byte[bytes.readableBytes()];
                    bytes.getBytes(bytes.readerIndex(), copy);
                    peer().arrives(copy);
                    if (world.faults().network() && world.faults().chance(20)) {
                        breakDown();
                    }
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        /// This end is closed, or its program is dead: the other hears of it after what was sent before.
        private void closed() {
            if (!over) {
                over = true;
                wake();
                peer().arrives(null);
            }
        }

        private void arrives(byte @Nullable [] bytes) {
            lastArrival = Math.max(lastArrival, network.arrival());
            arriving.add(new Packet(lastArrival, bytes));
            wake();
        }

        private void lose() {
            arriving.clear();
            arrives(null);
        }

        private void wake() {
            CompletableFuture<Object> old = news;
            news = new CompletableFuture<>();
            old.complete(this);
        }

        void start() {
            node.light("wire", this::read);
        }

        private void read() {
            try {
                while (!over) {
                    Packet next = arriving.peek();
                    if (silent) {
                        channel.pipeline().fireUserEventTriggered(IdleStateEvent.READER_IDLE_STATE_EVENT);
                        channel.close();
                    } else if (next == null) {
                        news.get();
                    } else if (next.arrival() > node.nanos()) {
                        node.sleep(Duration.ofNanos(next.arrival() - node.nanos()));
                    } else {
                        arriving.remove();
                        take(next);
                    }
                }
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("nobody interrupts the network", e);
            }
        }

        private void take(Packet packet) {
            byte[] bytes = packet.bytes();
            if (bytes == null) {
                world.step(node, "connection ends");
                channel.close();
                return;
            }
            world.step(node, "receives " + bytes.length);
            int cut = bytes.length > 1 && world.faults().chance(3)
                    ? 1 + world.faults().choice(bytes.length - 1)
                    : 0;
            if (cut > 0) {
                channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
            }
            if (channel.isActive()) {
                channel.writeInbound(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
            }
        }
    }
}
