package dev.breakwater.mobility.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The few numbers that outlive the process, in a page of memory that is also a file:
///
/// ```
/// 0 magic u64 | 8 valid u64 | 16 boot 16 bytes | 32 incarnation 16 bytes | 48 current u64 | 56 durable u64
/// 64 identity 32 bytes
/// ```
///
/// *Valid* is written last when tracking begins and cleared first when it ends, so a half-made state is never
/// resumed. The file's lock keeps a second process away and goes with this one.
final class CaptureState implements AutoCloseable {

    private static final long MAGIC = 0x42574341_50543032L; // "BWCAPT02"
    private static final int BYTES = 4096;
    private static final int IDENTITY_BYTES = 32;
    private static final VarHandle LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN).varHandle();

    private final FileChannel channel;
    private final FileLock lock;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment page;

    private CaptureState(FileChannel channel, FileLock lock) throws IOException {
        this.channel = channel;
        this.lock = lock;
        this.page = channel.map(MapMode.READ_WRITE, 0, BYTES, arena);
    }

    /// Opens the state as it was left.
    ///
    /// @throws CaptureException if another process holds it
    @SuppressWarnings("MustBeClosedChecker") // the channel belongs to the state
    static CaptureState open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new CaptureException(
                        CaptureException.Kind.REFUSED,
                        "These disks are captured by another process already, which holds " + file
                                + ". Stop it, or let it go on.");
            }
            return new CaptureState(channel, lock);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private long get(long at) {
        return (long) LONG.getVolatile(page, at);
    }

    private void set(long at, long value) {
        LONG.setVolatile(page, at, value);
    }

    /// Whether tracking had begun and not ended.
    boolean isValid() {
        return get(0) == MAGIC && get(8) == 1;
    }

    /// Why it does not continue; empty if it does.
    String flaw(UUID boot, byte[] identity) {
        if (!isValid()) {
            return "there is no earlier state";
        }
        if (!new UUID(get(16), get(24)).equals(boot)) {
            return "the machine was restarted";
        }
        byte[] known = page.asSlice(64, IDENTITY_BYTES).toArray(ValueLayout.JAVA_BYTE);
        return Arrays.equals(known, identity) ? "" : "the protected disks are other ones than before";
    }

    void invalidate() {
        set(8, 0);
    }

    void begin(UUID boot, byte[] identity, UUID incarnation) {
        set(16, boot.getMostSignificantBits());
        set(24, boot.getLeastSignificantBits());
        set(32, incarnation.getMostSignificantBits());
        set(40, incarnation.getLeastSignificantBits());
        set(48, 1);
        set(56, 0);
        MemorySegment.copy(identity, 0, page, ValueLayout.JAVA_BYTE, 64, IDENTITY_BYTES);
        set(0, MAGIC);
        set(8, 1);
    }

    UUID incarnation() {
        return new UUID(get(32), get(40));
    }

    long current() {
        return get(48);
    }

    void current(long generation) {
        set(48, generation);
    }

    /// The generations up to this one are durable.
    long durable() {
        return get(56);
    }

    void durable(long generation) {
        set(56, generation);
    }

    @Override
    public void close() throws IOException {
        arena.close();
        lock.release();
        channel.close();
    }
}
