package dev.breakwater.vault.log;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/// Takes the changes of one generation. For one thread at a time, and only until it is committed or abandoned.
///
/// Whatever fails with an exception breaks the machine's writer: nothing of the generation counts, the sender keeps
/// it
/// and sends it again through a writer opened anew.
public interface GenerationWriter {

    /// Stores blocks. A later write or zero of the same block within the generation wins.
    ///
    /// @param disk one of the disks for which the writer has a key
    /// @param offset first byte on the disk, a multiple of 4,096
    /// @param raw remaining bytes are taken before the call returns; a multiple of 4,096 (the last block of a disk
    /// is
    ///     filled up with zeros by the sender), at most 256 KiB
    /// @throws IllegalArgumentException if the range is not whole blocks, or the disk unknown
    /// @throws IOException if the generation is larger than the limits allow, or a segment could not be handed over
    /// @throws InterruptedException if the thread was interrupted while the sink had no room
    void write(DiskId disk, long offset, ByteBuffer raw) throws IOException, InterruptedException;

    /// Says that blocks are zeros now. Costs a few bytes whatever the length.
    ///
    /// @param disk one of the disks for which the writer has a key
    /// @param range whole blocks
    /// @throws IllegalArgumentException if the range is not whole blocks, or the disk unknown
    /// @throws IOException if the generation is larger than the limits allow
    void zero(DiskId disk, ByteRange range) throws IOException;

    /// Seals the rest and closes the generation. The next one may begin as soon as this returns; slots become
    /// durable
    /// in order.
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
