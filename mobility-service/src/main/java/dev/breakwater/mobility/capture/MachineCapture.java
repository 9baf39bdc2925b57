package dev.breakwater.mobility.capture;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Function;

/// The disks of one machine, captured together.
///
/// Every block of 4 KiB is *clean* (the vault has it), *dirty* (it changed; its content will be read later),
/// or belongs to a *generation* that was handed to the sink and is not durable yet. A block that changes
/// meanwhile is both. Nothing is forgotten before [#durable] says so: the state outlives the process (`kill
/// -9` included) within one boot.
///
/// How a sender uses it:
///
/// 1. Open. If it [started anew][#start], begin the initial replication ([#markAllocated]) or a resynchronisation:
///    compare digests of [#read] with the vault's and [#mark] what differs. If it resumed: [#returnLost].
/// 2. Again and again: [#copyPass], and [#cutPartial] whenever enough lies in the open generation.
/// 3. When a point is due: [#closePoint]. Close it at the process server under its number.
/// 4. When the process server says DURABLE: [#durable]. When the connection is lost: [#returnLost] with the
///    number that the next WELCOME names.
/// 5. If [#loss] is present: [#renew], then resynchronise.
///
/// At most [#MAX_OPEN] generations are open, the current one included; when [#canClose] is false the sender waits for
/// DURABLE.
///
/// Threads: copyPass, cutPartial, closePoint, returnLost, renew and close belong to one thread at a time; the
/// other methods may be called from any thread at any time.
public interface MachineCapture extends AutoCloseable {

    /// The most generations that are open at once, the current one included.
    int MAX_OPEN = 4;

    /// The longest part of a disk that is read at once.
    int MAX_PART_BYTES = 1 << 20;

    /// Opens the capture of these disks: goes on where an earlier process of this boot stopped if that is
    /// possible without a gap, else begins anew.
    ///
    /// @param settings how; the same as the time before
    /// @param disks what, in the machine's order; other disks than the time before mean to begin anew
    /// @throws CaptureException if another process captures them
    /// @throws IOException if a disk cannot be opened
    static MachineCapture open(CaptureSettings settings, List<ProtectedDisk> disks) throws IOException {
        return LiveCapture.open(settings, disks);
    }

    /// Removes what an earlier capture left in the kernel and in memory, if it left anything; no disk is opened.
    ///
    /// @param settings those with which it was opened
    /// @throws CaptureException if another process captures under this name
    /// @throws IOException if something of it stays
    static void forget(CaptureSettings settings) throws IOException {
        CaptureRemains.remove(settings);
    }

    /// How it began.
    CaptureStart start();

    /// Drawn whenever tracking begins anew.
    UUID incarnation();

    /// Number of the generation that is being filled, from 1. Persisted before a close returns, so that a
    /// number whose CLOSE may have been sent is never used again.
    long currentGeneration();

    /// What is captured.
    List<ProtectedDisk> disks();

    /// What an administrator should know about all points of this capture, for example that active swap is left out
    /// or that a disk is tracked by digest.
    List<String> remarks();

    /// Whether the kernel tells what changes on a disk; else it is found by digests.
    boolean traced(DiskId disk);

    /// Why tracking cannot be trusted any more; empty while it can.
    Optional<String> loss();

    /// How many writes the kernel has reported since this process opened or renewed the capture; empty where it
    /// reports none.
    OptionalLong trackedWrites();

    /// Makes everything dirty that may ever have been written: of an image file what is not a hole, of a device
    /// all of it (zeros are recognised when they are read).
    ///
    /// @throws IOException if the disk's holes cannot be listed
    void markAllocated(DiskId disk) throws IOException;

    /// Makes a range dirty; it grows to whole blocks.
    void mark(DiskId disk, ByteRange range);

    /// Leaves this program's own files out, beside what capture finds itself (active swap). To be called after each
    /// opening, before anything is sent; a later call replaces this one.
    ///
    /// @throws IOException if their blocks cannot be looked up
    void leaveOut(OwnFiles files) throws IOException;

    /// Whether a range is left out as a whole, so that comparing it would be of no use.
    boolean leftOut(DiskId disk, ByteRange range);

    /// Bytes dirty, of all disks. Counted when asked; cheap enough for each second.
    long dirtyBytes();

    /// Bytes dirty of one disk.
    long dirtyBytes(DiskId disk);

    /// Bytes handed to the sink in the open generation, a block that was handed over twice counted once.
    long openBytes();

    /// Reads dirty blocks in ascending order, disk after disk, and hands them to the sink; they belong to the open
    /// generation then. Blocks that change meanwhile are dirty again, for a later pass. The next call goes on where
    /// this one stopped.
    ///
    /// @param sink where to
    /// @param maxBytes stop after about this many bytes of disk
    /// @return bytes of disk that were handed over, zeros included; 0 if nothing is dirty
    /// @throws CaptureException [CaptureException.Kind#DISK] if a disk cannot be read; what was handed over
    ///     stays in the open generation, the rest stays dirty
    /// @throws IOException if the sink fails
    long copyPass(BlockSink sink, long maxBytes) throws IOException;

    /// Whether another generation may be opened.
    boolean canClose();

    /// Closes the open generation as it is, without a freeze.
    ///
    /// @throws IllegalStateException if [#canClose] is false
    ClosedGeneration.Partial cutPartial();

    /// Takes a recovery point: passes until little is dirty, then freezes the mounted file systems, reads the
    /// rest into memory, thaws, and hands the rest to the sink. Call it with a small backlog: all of it becomes one
    /// generation.
    /// @param sink where the blocks go, before the freeze and after the thaw
    /// @param request what point
    /// @return the point
    /// @throws CaptureException [CaptureException.Kind#NOT_NOW] if there was no consistent instant,
    ///     [CaptureException.Kind#DISK] if a disk cannot be read; the blocks that were handed over stay in the open
    ///     generation
    /// @throws IOException if the sink fails
    /// @throws InterruptedException if the thread is interrupted; nothing stays frozen
    /// @throws IllegalStateException if [#canClose] is false
    ClosedGeneration.Point closePoint(BlockSink sink, PointRequest request) throws IOException, InterruptedException;

    /// Forgets the blocks of all generations up to this one: the vault has them. Numbers of the past are ignored.
    ///
    /// @throws IllegalArgumentException if that generation has not been closed
    void durable(long generation);

    /// The connection was lost, or this run resumed an earlier one: forgets what became durable and makes the
    /// blocks of all other generations, the open one included, dirty again. The open generation keeps its
    /// number.
    ///
    /// @param lastDurable number of the last generation of this incarnation that the vault has; 0 for none
    void returnLost(long lastDurable);

    /// Begins to read a part of a disk past the page cache, a few parts at once; waits while too many are under way.
    /// For one thread at a time.
    ///
    /// @param disk which
    /// @param part on a boundary of whole blocks, at most [#MAX_PART_BYTES], not past the end of the disk
    /// @param use gets the content, filled up to whole blocks with zeros, perhaps on another thread and
    ///     at the same time as other parts; valid until it returns
    /// @return what `use` made of it; fails with [CaptureException.Kind#DISK] if the disk cannot be read
    /// @throws IndexOutOfBoundsException if the part passes the end of the disk
    /// @throws InterruptedException if the thread is interrupted while it waits
    <T> Future<T> read(DiskId disk, ByteRange part, Function<ByteBuffer, T> use) throws InterruptedException;

    /// Begins a new incarnation, after a loss: tracking is set up again, everything that was not durable is dirty,
    /// generations count from 1.
    ///
    /// @param reason for people
    /// @throws IOException if tracking cannot be set up
    void renew(String reason) throws IOException;

    /// Ends this run; again is harmless. Tracking goes on in the kernel, for as long as its buffer lasts, and the next
    /// run resumes.
    @Override
    void close() throws IOException;

    /// Ends capture for good: tracking stops and the state is removed.
    ///
    /// @throws IOException if something of it stays
    void forget() throws IOException;
}
