package dev.breakwater.mobility.replication;

import dev.breakwater.model.DigestKey;
import dev.breakwater.wire.Message.LastDurable;
import dev.breakwater.wire.Message.PointMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A connection to a process server after WELCOME. Sending blocks while the window is full; see
/// [dev.breakwater.wire.transport.ReplicationConnection], whose methods these are.
public interface LinkConnection extends AutoCloseable {

    /// The newest generation of this machine that the vault holds.
    Optional<LastDurable> lastDurable();

    /// With what blocks are digested for a comparison.
    DigestKey digestKey();

    /// Sends content of the open generation.
    ///
    /// @param rawLength how many bytes of the disk
    /// @param bytes these, or, if it is shorter, an LZ4 block of them
    /// @throws IOException if the connection is over
    void data(int diskIndex, long offset, int rawLength, ByteBuffer bytes) throws IOException, InterruptedException;

    /// Sends a range of zeros of the open generation.
    ///
    /// @throws IOException if the connection is over
    void zeros(int diskIndex, long offset, long length) throws IOException, InterruptedException;

    /// Closes the open generation.
    ///
    /// @throws IOException if the connection is over
    void closeGeneration(long generation, Optional<PointMetadata> point) throws IOException, InterruptedException;

    /// Asks for digests of regions of 1 MiB.
    ///
    /// @throws IOException if the connection is over
    CompletableFuture<byte[]> digests(int diskIndex, long firstRegion, int count)
            throws IOException, InterruptedException;

    /// Asks for the digests of the blocks of a region.
    ///
    /// @throws IOException if the connection is over
    CompletableFuture<byte[]> blockDigests(int diskIndex, long region) throws IOException, InterruptedException;

    /// Ends it. Safe from any thread; whoever is blocked in a method gets an exception.
    @Override
    void close();
}
