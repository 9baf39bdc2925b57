package dev.breakwater.control.admin;

import dev.breakwater.control.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks to protect a machine.
///
/// @param disks devices as the machine calls them, in its order, the boot disk first
/// @param policy name of the policy; `default` if absent
/// @param processServer name or identity of the process server; the least loaded healthy one if absent
public record ProtectRequest(
        List<String> disks,
        @Nullable String policy,
        @Nullable String processServer) {

    /// One boot disk and 64 data disks.
    public static final int MAX_DISKS = 65;

    public ProtectRequest {
        disks = Field.list(disks, "disks", MAX_DISKS);
        disks.forEach(device -> Field.text(device, "disks", 4096));
        if (disks.isEmpty()) {
            throw new IllegalArgumentException("At least one disk must be named.");
        }
        if (disks.stream().distinct().count() != disks.size()) {
            throw new IllegalArgumentException("A disk is named twice.");
        }
    }
}
