package dev.breakwater.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;

/// A disk whose bytes do not change while it is read: a disk at a recovery point. Safe for several threads.
public interface ReadableDisk extends AutoCloseable {

    /// Capacity in bytes.
    long sizeBytes();

    /// Fills the buffer's remaining bytes from the disk.
    ///
    /// @param offset first byte on the disk, any alignment
    /// @param target remaining bytes are filled entirely
    /// @throws IndexOutOfBoundsException if the range passes the end of the disk
    /// @throws IOException if a byte cannot be read or its integrity not be proved; the target is then undefined
    void read(long offset, ByteBuffer target) throws IOException;

    /// The ranges that may hold other bytes than zero, in ascending order, apart from each other. What is not named
    /// reads as zeros. Lets an exporter leave holes.
    ///
    /// @throws IOException if the map of the disk cannot be read
    Iterator<ByteRange> allocated() throws IOException;

    /// Gives back what reading held (a pin, buffers).
    @Override
    void close() throws IOException;
}
