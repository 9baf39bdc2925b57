package dev.breakwater.vault.log;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// Takes the changes of one generation. For one thread at a time, and only until it is committed or abandoned.
///
/// Whatever fails with an exception breaks the machine's writer: nothing of the generation counts, the sender keeps it
/// and sends it again through a writer opened anew.
public interface GenerationWriter {

    /// Stores blocks. A later write or zero of the same block within the generation wins.
    ///
    /// @param disk one of the disks for which the writer has a key
    /// @param offset first byte on the disk, a multiple of 4,096
    /// @param raw a multiple of 4,096 bytes (the sender fills the last block of a disk up with zeros), at most
    ///     256 KiB; must stay as they are until released
    /// @param released run once, from any thread, when nobody looks at them any more; also when this fails
    /// @throws IllegalArgumentException if the range is not whole blocks, or the disk unknown
    /// @throws IOException if the generation is larger than the limits allow, or a segment could not be handed over
    /// @throws InterruptedException if the thread was interrupted while the sink had no room
    void write(DiskId disk, long offset, ByteBuffer raw, Runnable released) throws IOException, InterruptedException;

    /// Stores a large piece as it came, as [#write(DiskId, long, ByteBuffer, Runnable)] does. Nothing is believed of a
    /// compressed one: what it holds is looked at before anything of the generation counts.
    ///
    /// @param rawLength bytes of the blocks, [dev.breakwater.model.Blocks#LARGE_PIECE_BYTES] to 256 KiB
    /// @param stored an LZ4 block, or, if it is as long as the blocks, these, which are not worth compressing; must
    ///     stay as it is until released
    void writeLarge(DiskId disk, long offset, int rawLength, ByteBuffer stored, Runnable released)
            throws IOException, InterruptedException;

    /// Stores blocks as [#write(DiskId, long, ByteBuffer, Runnable)] does, and waits until they are released.
    default void write(DiskId disk, long offset, ByteBuffer raw) throws IOException, InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        write(disk, offset, raw, taken::countDown);
        taken.await();
    }

    /// Says that blocks are zeros now. Costs a few bytes whatever the length.
    ///
    /// @param disk one of the disks for which the writer has a key
    /// @param range whole blocks
    /// @throws IllegalArgumentException if the range is not whole blocks, or the disk unknown
    /// @throws IOException if the generation is larger than the limits allow
    void zero(DiskId disk, ByteRange range) throws IOException;

    /// Seals the rest and closes the generation. The next one may begin as soon as this returns; slots become
    /// durable in order.
    ///
    /// @return completes when the slot's object is durable in the vault; exceptionally with [FencedException] if
    /// another
    ///     writer has the slot, or with an [IOException] if the vault cannot be written. After either the writer is
    ///     broken.
    /// @throws IOException as for [#write]
    /// @throws InterruptedException as for [#write]
    CompletableFuture<DurableSlot> commit(GenerationClose close) throws IOException, InterruptedException;

    /// Forgets the generation: the connection to the machine was lost. Its segments become garbage that maintenance
    /// collects. Does nothing after a commit.
    void abandon();
}
