package dev.breakwater.mobility.replication;

import dev.breakwater.control.machine.ReplicationTarget;
import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.transport.ReplicationListener;
import java.io.IOException;

/// How a machine reaches its process server.
@FunctionalInterface
public interface ProcessServerLink {

    /// Connects and waits for the answer to HELLO.
    ///
    /// @param target which process server, and where
    /// @param hello what the machine is and will send
    /// @param listener hears answers, on another thread
    /// @throws IOException if it cannot be reached, or refuses
    LinkConnection connect(ReplicationTarget target, Hello hello, ReplicationListener listener)
            throws IOException, InterruptedException;
}
