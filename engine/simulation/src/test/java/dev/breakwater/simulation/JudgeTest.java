package dev.breakwater.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.mobility.capture.BlockSink;
import dev.breakwater.mobility.capture.MachineCapture;
import dev.breakwater.model.DiskId;
import dev.breakwater.vault.blob.ObjectInfo;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A judge that cannot fail proves nothing: here something is wrong, each time something else.
@DisplayName("The judge of the simulation finds")
class JudgeTest {

    /// Of the pieces that the machine sends this one suffers.
    private static final int SOME_PIECE = 12;

    private static final int SOME_POINT = 2;

    @Test
    @DisplayName("a change that was dropped on its way to the vault")
    void droppedChange() {
        assertFound(world -> world.captures(sending((_, _, _, _) -> {})), "differs from");
    }

    @Test
    @DisplayName("a change that arrived one block further")
    void movedChange() {
        assertFound(
                world -> world.captures(sending((sink, disk, offset, data) ->
                        sink.data(disk, offset == 0 ? ProtectedMachine.BLOCK : offset - ProtectedMachine.BLOCK, data))),
                "differs from");
    }

    @Test
    @DisplayName("a single bit that is another one")
    void flippedBit() {
        assertFound(
                world -> world.captures(sending((sink, disk, offset, data) -> {
                    ByteBuffer other =
                            ByteBuffer.allocate(data.remaining()).put(data).flip();
                    other.put(7, (byte) (other.get(7) ^ 1));
                    sink.data(disk, offset, other);
                })),
                "differs from");
    }

    @Test
    @DisplayName("a write that tracking did not see")
    void unseenWrite() {
        assertFound(
                world -> world.captures(whenDurable(() -> {
                    world.machine().write();
                    world.machine().tracking().dirty.values().forEach(BitSet::clear);
                })),
                "differs from");
    }

    @Test
    @DisplayName("a point that the machine was told to be durable and that is gone")
    void lostPoint() {
        assertFound(
                world -> world.captures(whenDurable(() -> deleteNewest(world, "points/"))),
                "told to be durable, is not in the vault");
    }

    @Test
    @DisplayName("data that is gone though points need it")
    void lostData() {
        assertFound(
                world -> world.captures(whenDurable(() -> deleteNewest(world, "segments/"))),
                "The vault cannot be read");
    }

    @Test
    @DisplayName("an old point that can no longer be read, after two checkpoints at the latest")
    void oldPoint() throws Exception {
        World[] seen = new World[1];
        new Run(2, true, world -> seen[0] = world).run();
        Judge judge = seen[0].judge();
        VaultObjects objects = seen[0].objects();
        int needed = 0;
        for (ObjectInfo segment : objects.list("segments/", "", Integer.MAX_VALUE)) {
            ByteBuffer content = objects.get(segment.name());
            boolean _ = objects.delete(segment.name());
            boolean all = finds(judge::lookAgain);
            boolean now = finds(judge::lookAgainByTurns);
            boolean next = finds(judge::lookAgainByTurns);
            assertThat(now || next).as(segment.name()).isEqualTo(all);
            needed += all ? 1 : 0;
            objects.putIfAbsent(segment.name(), List.of(content));
        }
        assertThat(needed).isPositive();
    }

    private static boolean finds(Runnable look) {
        try {
            look.run();
            return false;
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("The vault cannot be read");
            return true;
        }
    }

    @Test
    @DisplayName("a spool that takes more than it may")
    void largeSpool() {
        assertFound(
                world -> {
                    world.spoolBytes(Long.MAX_VALUE / 2);
                    world.captures(whenDurable(() -> world.network().cut(Duration.ofHours(3))));
                },
                "its quota is");
    }

    @Test
    @DisplayName("a system that does not catch up")
    void restless() {
        assertFound(
                world -> world.captures(whenDurable(() -> world.network().cut(Duration.ofDays(3)))),
                "No point could be taken");
    }

    private static void assertFound(Consumer<World> defect, String finding) {
        assertThatThrownBy(() -> new Run(5, false, defect).run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(finding);
    }

    private interface Fault {
        void send(BlockSink sink, DiskId disk, long offset, ByteBuffer data) throws IOException;
    }

    /// Does something else than to send, with one piece.
    private static UnaryOperator<MachineCapture> sending(Fault fault) {
        int[] pieces = {0};
        return capture -> between(
                capture,
                arguments -> {
                    if (arguments.length > 0 && arguments[0] instanceof BlockSink sink) {
                        arguments[0] = new BlockSink() {
                            @Override
                            public void data(DiskId disk, long offset, ByteBuffer data) throws IOException {
                                if (++pieces[0] == SOME_PIECE) {
                                    fault.send(sink, disk, offset, data);
                                } else {
                                    sink.data(disk, offset, data);
                                }
                            }

                            @Override
                            public void zeros(DiskId disk, long offset, long length) throws IOException {
                                sink.zeros(disk, offset, length);
                            }
                        };
                    }
                },
                _ -> {});
    }

    /// Does something once, when the machine hears that a point is in the vault.
    private static UnaryOperator<MachineCapture> whenDurable(Runnable fault) {
        int[] points = {0};
        return capture -> between(capture, _ -> {}, method -> {
            if (method.equals("durable") && ++points[0] == SOME_POINT) {
                fault.run();
            }
        });
    }

    private static MachineCapture between(MachineCapture capture, Consumer<Object[]> before, Consumer<String> after) {
        return (MachineCapture) Proxy.newProxyInstance(
                MachineCapture.class.getClassLoader(), new Class<?>[] {MachineCapture.class}, (_, method, given) -> {
                    Object[] arguments = given == null ? new Object[0] : given;
                    before.accept(arguments);
                    try {
                        Object result = method.invoke(capture, arguments);
                        after.accept(method.getName());
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void deleteNewest(World world, String prefix) {
        VaultObjects objects = world.objects();
        String newest = objects.list(prefix, "", Integer.MAX_VALUE).getLast().name();
        boolean _ = objects.delete(newest);
    }
}
