package dev.breakwater.control.machine;

import dev.breakwater.control.Field;
import dev.breakwater.model.ProcessServerId;
import java.util.List;

/// The process server that a machine is assigned to.
///
/// @param id its identity, which its certificate must carry
/// @param hosts names or addresses to try in order, at least one
/// @param port replication port
/// @param epoch grows with every assignment; a connection of an older one is given up
public record ReplicationTarget(ProcessServerId id, List<String> hosts, int port, long epoch) {

    public ReplicationTarget {
        Field.required(id, "id");
        hosts = Field.list(hosts, "hosts", 64);
    }
}
