/// Reading a machine's part of a vault: its points, its disks at a point, digests for resynchronisation,
/// differences.
@NullMarked
package dev.breakwater.vault.reading;

import org.jspecify.annotations.NullMarked;
