package dev.breakwater.vault.blob;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/// A flat set of immutable, named objects that outlives the computers that use it. Safe for several threads,
/// and for several processes on several computers at once: [#putIfAbsent] is what decides between them.
///
/// Every call is tried a bounded number of times within a bounded time by the implementation itself. When a
/// call throws [StoreException] of kind `UNAVAILABLE` its effect is unknown: a put may have happened all the
/// same. All calls may be repeated. What a put or a delete did is seen by every call that starts after it returned.
public interface ObjectStore extends AutoCloseable {

    /// The largest object, bytes: twice the largest segment, so that a reader's memory is bounded.
    long MAX_OBJECT_BYTES = 128L << 20;

    /// Makes an object, unless there is one of that name. Once this returns the object survives a power cut, and so
    /// does the one that was there before.
    ///
    /// @param name see [ObjectNames]
    /// @param content the bytes, one buffer after the other; their positions are not moved
    /// @return whether the object was made now or existed; nothing is said of the existing one's content
    /// @throws StoreException if it is unknown whether the object was made, or known that it was not
    PutOutcome putIfAbsent(String name, List<ByteBuffer> content) throws StoreException;

    /// An object's bytes, at most [#MAX_OBJECT_BYTES], in a buffer of the caller's own.
    ///
    /// @throws StoreException of kind `NOT_FOUND` if there is none
    ByteBuffer get(String name) throws StoreException;

    /// Fills the buffer's remaining bytes from an object.
    ///
    /// @param offset first byte in the object
    /// @throws StoreException of kind `NOT_FOUND` if there is no such object, `CUT` if it ends before the range
    ///     does; the target's content and position are then undefined
    void read(String name, long offset, ByteBuffer target) throws StoreException;

    /// An object's length in bytes, or empty if there is none.
    OptionalLong size(String name) throws StoreException;

    /// Names and sizes of objects, ascending by name (by its characters' ASCII codes).
    ///
    /// @param prefix what the names start with; empty for all
    /// @param after only names greater than this one; empty for all. The last name of a full answer gives the next
    ///     page.
    /// @param limit at most this many, 1 to 5,000
    List<ObjectInfo> list(String prefix, String after, int limit) throws StoreException;

    /// Removes an object.
    ///
    /// @return whether there was one
    boolean delete(String name) throws StoreException;

    /// Gives back connections and files. Calls that are running may fail.
    @Override
    void close();
}
