package dev.breakwater.control.admin;

import dev.breakwater.control.processserver.ProcessServerHealth;
import dev.breakwater.control.processserver.ThrottleSetting;
import dev.breakwater.model.ProcessServerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process server.
///
/// @param id its identity
/// @param name what people call it
/// @param hosts where machines reach it
/// @param replicationPort the port they reach it at; 0 until it has said so
/// @param machines how many machines it serves
/// @param health the worst of its figures, by the thresholds of Azure Site Recovery
/// @param problems why health is not normal
/// @param lastHeartbeat when it was last heard
/// @param certificateDaysLeft days until its certificate ends
/// @param figures what it last told
/// @param throttle limits of what its machines may send; absent if there are none
public record ProcessServerView(
        ProcessServerId id,
        String name,
        List<String> hosts,
        int replicationPort,
        int machines,
        Health health,
        List<Problem> problems,
        @Nullable Instant lastHeartbeat,
        long certificateDaysLeft,
        @Nullable ProcessServerHealth figures,
        @Nullable ThrottleSetting throttle) {

    public ProcessServerView {
        hosts = List.copyOf(hosts);
        problems = List.copyOf(problems);
    }
}
