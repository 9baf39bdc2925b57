/// What a recovery site can do with a machine, split by ability: run it from disks at a recovery point
/// ([MachineRunner]), ask whether it answers ([MachineProber]), show its screen ([MachineScreen]). [Site] is all of
/// them. Every call may be repeated: a run is named by a [RunId] that the caller draws, and doing again what is done
/// already changes nothing.
@NullMarked
package dev.breakwater.site;

import org.jspecify.annotations.NullMarked;
