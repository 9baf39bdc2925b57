package dev.breakwater.wire.transport;

import dev.breakwater.wire.Message.Durable;
import java.io.IOException;

/// What a machine hears from its process server. Called in order, from one of the transport's threads: must not block,
/// and must not call a method of the connection that may block.
public interface ReplicationListener {

    /// The process server took over everything up to that number. Promises nothing; for statistics.
    ///
    /// @param sequence the newest number taken over
    default void stored(long sequence) {}

    /// The vault holds a generation for good: it may be forgotten. Comes in order of generations.
    void durable(Durable durable);

    /// The connection is over; called once, last. Generations that are not durable must be sent again.
    ///
    /// @param cause why; a [RefusedException] if the process server said so
    void closed(IOException cause);
}
