package dev.breakwater.vault.blob;

import dev.breakwater.platform.linux.DirectMemory;
import dev.breakwater.platform.linux.LinuxException;
import dev.breakwater.platform.linux.NativeFile;
import dev.breakwater.platform.memory.IdlePool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills large new files past the operating system's page cache, on Linux. What goes to a vault is not read again soon:
/// copying it into the cache costs more processor time than encrypting it, and drives out what other programs use.
final class UnbufferedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(UnbufferedFiles.class);

    /// Smaller files gain nothing.
    private static final long MIN_BYTES = 1 << 20;

    /// Written at once: a huge page. Larger writes are not faster.
    private static final int STAGE_BYTES = 2 << 20;

    /// A multiple of every disk's sector size.
    private static final int ALIGNMENT = 4096;

    /// As many as uploads run at once.
    private static final int IDLE_STAGES = 4;

    private static final IdlePool<ByteBuffer> STAGES = new IdlePool<>(
            IDLE_STAGES,
            () -> DirectMemory.allocate(Arena.ofAuto(), 1, STAGE_BYTES)
                    .getFirst()
                    .asByteBuffer());

    private volatile boolean possible = System.getProperty("os.name", "").equals("Linux");

    /// Fills an empty file. It may become up to 4,095 bytes longer than the content: the caller cuts it and
    /// makes it durable.
    ///
    /// @return whether it did; if not, nothing was written: it is small, or its file system cannot do it
    /// @throws IOException if writing fails
    boolean fill(Path file, List<ByteBuffer> content, long size) throws IOException {
        if (!possible || size < MIN_BYTES) {
            return false;
        }
        NativeFile opened;
        try {
            opened = NativeFile.openDirectForWriting(file.toString());
        } catch (LinuxException e) {
            if (e.errno() != LinuxException.EINVAL) {
                throw e;
            }
            LOG.info("Files in {} are written through the page cache: it cannot be passed by there.", file.getParent());
            possible = false;
            return false;
        }
        ByteBuffer stage = STAGES.take();
        try (opened) {
            write(opened, content, stage.clear());
        } finally {
            STAGES.giveBack(stage);
        }
        return true;
    }

    private static void write(NativeFile file, List<ByteBuffer> content, ByteBuffer stage) throws IOException {
        for (ByteBuffer part : content) {
            ByteBuffer rest = part.duplicate();
            while (rest.hasRemaining()) {
                int length = Math.min(rest.remaining(), stage.remaining());
                stage.put(rest.slice(rest.position(), length));
                rest.position(rest.position() + length);
                if (!stage.hasRemaining()) {
                    file.writeFully(MemorySegment.ofBuffer(stage.flip()));
                    stage.clear();
                }
            }
        }
        while (stage.position() % ALIGNMENT != 0) {
            stage.put((byte) 0);
        }
        file.writeFully(MemorySegment.ofBuffer(stage.flip()));
    }
}
