package dev.breakwater.vault.check;

import dev.breakwater.model.MachineId;
import java.util.Map;
import java.util.Set;

/// What a check looked at.
///
/// @param machines machines
/// @param points recovery points listed
/// @param pages pages of indexes read
/// @param frames frames of data opened (0 if only the structure was checked)
/// @param bytes stored bytes of these frames
/// @param findings findings of all severities
/// @param critical critical ones among them
/// @param warnings warnings among them
/// @param witnessed machines for which it was known from elsewhere how far the vault must reach; of the others nobody
///     can tell whether the whole vault was rolled back
/// @param witnesses who knew it, in words
/// @param newestSlots the newest slot of each machine, damaged or not: a witness for later checks
public record CheckSummary(
        int machines,
        int points,
        long pages,
        long frames,
        long bytes,
        int findings,
        int critical,
        int warnings,
        int witnessed,
        Set<String> witnesses,
        Map<MachineId, Long> newestSlots) {}
