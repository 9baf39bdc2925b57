package dev.breakwater.vault.maintenance;

/// What maintenance did.
///
/// @param checkpointed slots that a new checkpoint covers for the first time
/// @param pruned points that are no longer listed
/// @param compactedBytes bytes of data copied together from objects with little left in them
/// @param recordedForDeletion objects that nothing needs any more, to be deleted after the grace period
/// @param deleted objects deleted
public record MaintenanceReport(
        int checkpointed, int pruned, long compactedBytes, int recordedForDeletion, int deleted) {

    /// Nothing was due.
    public static final MaintenanceReport NOTHING = new MaintenanceReport(0, 0, 0, 0, 0);
}
