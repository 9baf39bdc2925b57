package dev.breakwater.processserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.model.PointId;
import dev.breakwater.platform.lz4.Lz4Block;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.Message.Durable;
import dev.breakwater.wire.transport.RefusedException;
import dev.breakwater.wire.transport.ReplicationConnection;
import dev.breakwater.wire.transport.ReplicationListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A machine's connection, with a memory of what the disk holds.
final class Link implements ReplicationListener, AutoCloseable {

    final BlockingQueue<Durable> durables = new LinkedBlockingQueue<>();
    final BlockingQueue<IOException> ends = new LinkedBlockingQueue<>();
    final ReplicationConnection connection;
    final Site.Machine machine;
    final byte[] content;
    private final Random random;
    private long generation;

    private Link(Site.Running at, Site.Machine machine, byte[] content, long generation) throws Exception {
        this.machine = machine;
        this.content = content;
        this.generation = generation;
        this.random = new Random(generation);
        this.connection = machine.client.connect(at.destination(), machine.hello(generation), this);
    }

    /// Connects as soon as the process server has its orders.
    static Link connect(Site.Running at, Site.Machine machine, byte[] content, long generation) throws Exception {
        for (int tries = 0; ; tries++) {
            try {
                return new Link(at, machine, content, generation);
            } catch (RefusedException e) {
                if (!e.code().retryHelps() || tries == 100) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    /// Returns once the process server has its orders for the machine.
    static void awaitOrders(Site.Running at, Site.Machine machine) throws Exception {
        connect(at, machine).close();
    }

    static Link connect(Site.Running at, Site.Machine machine) throws Exception {
        return connect(at, machine, new byte[Math.toIntExact(machine.diskBytes)], 1);
    }

    /// Writes random bytes to the disk and sends them.
    void write(int offset, int length) throws Exception {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, content, offset, length);
        connection.data(0, offset, bytes.length, ByteBuffer.wrap(bytes));
    }

    /// Writes bytes that compress to the disk and sends them compressed.
    void writeCompressed(int offset, int length) throws Exception {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 0, length / 2, (byte) 9);
        System.arraycopy(bytes, 0, content, offset, length);
        ByteBuffer block = ByteBuffer.allocate(Lz4Block.bound(length));
        assertThat(Lz4Block.compress(ByteBuffer.wrap(bytes), block)).isPositive();
        connection.data(0, offset, length, block.flip());
    }

    void zero(int offset, int length) throws Exception {
        Arrays.fill(content, offset, offset + length, (byte) 0);
        connection.zeros(0, offset, length);
    }

    /// Closes the generation as a point.
    PointId point() throws Exception {
        Optional<Message.PointMetadata> point = machine.point();
        connection.closeGeneration(generation++, point);
        return point.orElseThrow().id();
    }

    void partial() throws Exception {
        connection.closeGeneration(generation++, Optional.empty());
    }

    Durable awaitDurable() throws Exception {
        Durable found = durables.poll(20, TimeUnit.SECONDS);
        assertThat(found).as("DURABLE; the connection ended with " + ends).isNotNull();
        return found;
    }

    IOException awaitEnd() throws Exception {
        IOException found = ends.poll(20, TimeUnit.SECONDS);
        assertThat(found).as("the connection's end").isNotNull();
        return found;
    }

    @Override
    public void durable(Durable durable) {
        durables.add(durable);
    }

    @Override
    public void closed(IOException cause) {
        ends.add(cause);
    }

    @Override
    public void close() {
        connection.close();
    }
}
