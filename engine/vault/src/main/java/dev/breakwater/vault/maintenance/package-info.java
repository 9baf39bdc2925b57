/// Keeping a machine's part of a vault small and quick to open: checkpoints, retention, compaction, deletion.
@NullMarked
package dev.breakwater.vault.maintenance;

import org.jspecify.annotations.NullMarked;
