package dev.breakwater.processserver;

import dev.breakwater.control.processserver.Assignments;
import dev.breakwater.control.processserver.DurableReport;
import dev.breakwater.control.processserver.ProcessServerHealth;
import java.io.IOException;

/// What a process server needs of the configuration server. When it is away, replication goes on.
public interface ControlPlane extends AutoCloseable {

    /// Whom to serve, as soon as it is another version than the given one; may block for half a minute and then give
    /// the same version again.
    ///
    /// @param knownVersion version carried out already, 0 at first
    Assignments assignments(long knownVersion) throws IOException, InterruptedException;

    /// Tells how the process server is doing.
    void health(ProcessServerHealth health) throws IOException, InterruptedException;

    /// Tells what has become durable. Telling it again changes nothing.
    void durable(DurableReport report) throws IOException, InterruptedException;

    /// Gives connections back.
    @Override
    void close();
}
