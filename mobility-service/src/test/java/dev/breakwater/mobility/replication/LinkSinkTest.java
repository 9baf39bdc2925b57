package dev.breakwater.mobility.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.mobility.capture.ProtectedDisk;
import dev.breakwater.model.DiskId;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is sent over a connection")
class LinkSinkTest {

    private static final long DISK_BYTES = (1 << 20) + 512;

    private record Sent(int disk, long offset, int rawLength, int bytes) {}

    private final List<Sent> sent = new ArrayList<>();
    private final ProtectedDisk disk = new ProtectedDisk(new DiskId(UUID.randomUUID()), "/dev/sda", DISK_BYTES);
    private final Progress progress = new Progress();
    private final LinkSink sink = new LinkSink(connection(), List.of(disk), progress);
    private final ByteBuffer content = ByteBuffer.allocate(131_072);
    private final ByteBuffer block = ByteBuffer.allocate(1000);

    private LinkConnection connection() {
        return (LinkConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LinkConnection.class}, (_, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("data");
                    sent.add(new Sent(
                            (Integer) arguments[0],
                            (Long) arguments[1],
                            (Integer) arguments[2],
                            ((ByteBuffer) arguments[3]).remaining()));
                    return null;
                });
    }

    @Test
    @DisplayName("is the compressed block where there is one, and the content where that was found not worth it")
    void compressed() throws Exception {
        sink.compressed(disk.id(), 4096, content, block);
        sink.compressed(disk.id(), 8192, content, content.duplicate());
        assertThat(sent).containsExactly(new Sent(0, 4096, 131_072, 1000), new Sent(0, 8192, 131_072, 131_072));
    }

    @Test
    @DisplayName("is compressed now if it is large, saves a sixteenth and was not compressed before")
    void compressedNow() throws Exception {
        sink.data(disk.id(), 0, content);
        sink.data(disk.id(), 4096, content.slice(0, 126_976));
        byte[] noise = new byte[131_072];
        new Random(1).nextBytes(noise);
        sink.data(disk.id(), 8192, ByteBuffer.wrap(noise));
        assertThat(sent).extracting(Sent::rawLength).containsExactly(131_072, 126_976, 131_072);
        assertThat(sent.get(0).bytes()).isLessThan(1000);
        assertThat(sent.get(1).bytes()).isEqualTo(126_976);
        assertThat(sent.get(2).bytes()).isEqualTo(131_072);
    }

    @Test
    @DisplayName("is the content where the disk ends within it, without what lies beyond")
    void cutByTheDisksEnd() throws Exception {
        long offset = (1 << 20) + 4096 - 131_072;
        sink.compressed(disk.id(), offset, content, block);
        int inside = 131_072 - 4096 + 512;
        assertThat(sent).containsExactly(new Sent(0, offset, inside, inside));
    }

    @Test
    @DisplayName("is nothing of a disk that is not protected any more")
    void foreignDisk() throws Exception {
        sink.compressed(new DiskId(UUID.randomUUID()), 0, content, block);
        sink.data(new DiskId(UUID.randomUUID()), 0, content);
        assertThat(sent).isEmpty();
    }
}
