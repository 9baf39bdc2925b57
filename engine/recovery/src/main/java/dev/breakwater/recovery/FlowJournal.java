package dev.breakwater.recovery;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/// Where flows record their steps. A port: the configuration server keeps it in its database; [FileFlowJournal] keeps
/// it in a folder where there is no configuration server.
public interface FlowJournal {

    /// Appends a line. It is durable when this returns.
    ///
    /// @throws IOException if it is not
    void append(FlowEntry entry) throws IOException;

    /// The lines of a flow by number; empty if it is unknown.
    List<FlowEntry> entries(UUID flow) throws IOException;

    /// Flows that are not forgotten, oldest first.
    List<UUID> flows() throws IOException;

    /// Drops a flow's lines.
    void forget(UUID flow) throws IOException;
}
