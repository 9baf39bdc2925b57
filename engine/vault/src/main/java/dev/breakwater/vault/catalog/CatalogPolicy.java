package dev.breakwater.vault.catalog;

import dev.breakwater.model.ReplicationPolicy;
import java.time.Duration;

/// What the vault says of a replication policy.
///
/// @param name its name
/// @param rpoThresholdSeconds see [ReplicationPolicy#rpoThreshold]
/// @param retentionSeconds see [ReplicationPolicy#retention]
/// @param crashConsistentSeconds see [ReplicationPolicy#crashConsistentEvery]
/// @param applicationConsistentSeconds see [ReplicationPolicy#applicationConsistentEvery]
public record CatalogPolicy(
        String name,
        long rpoThresholdSeconds,
        long retentionSeconds,
        long crashConsistentSeconds,
        long applicationConsistentSeconds) {

    /// The entry of a policy.
    public static CatalogPolicy of(ReplicationPolicy policy) {
        return new CatalogPolicy(
                policy.name(),
                policy.rpoThreshold().toSeconds(),
                policy.retention().toSeconds(),
                policy.crashConsistentEvery().toSeconds(),
                policy.applicationConsistentEvery().toSeconds());
    }

    /// The policy as the model has it.
    public ReplicationPolicy toPolicy() {
        return new ReplicationPolicy(
                name,
                Duration.ofSeconds(rpoThresholdSeconds),
                Duration.ofSeconds(retentionSeconds),
                Duration.ofSeconds(crashConsistentSeconds),
                Duration.ofSeconds(applicationConsistentSeconds));
    }
}
