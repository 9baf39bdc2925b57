package dev.breakwater.configurationserver.store;

import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.model.ProcessServerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A registered process server.
///
/// @param id its identity
/// @param name what people call it
/// @param certificateUntil end of its certificate
/// @param hosts where machines reach it
/// @param port the port they reach it at, 0 until it has said so
/// @param version of its assignments
/// @param throttle limits of what its machines may send; null if there are none
public record ProcessServerRow(
        ProcessServerId id,
        String name,
        Instant certificateUntil,
        List<String> hosts,
        int port,
        long version,
        @Nullable ThrottleSetting throttle) {

    public ProcessServerRow {
        hosts = List.copyOf(hosts);
    }

    /// What is waited for when its assignments change.
    public static String topic(ProcessServerId id) {
        return "process-server:" + id;
    }
}
