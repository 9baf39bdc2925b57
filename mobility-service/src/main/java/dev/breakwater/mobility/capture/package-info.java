/// Capture of a machine's disks: which blocks changed, their content, and instants at which all of it belongs
/// together.
///
/// [dev.breakwater.mobility.capture.MachineCapture] is the door; the rest of the mobility service sees nothing
/// else of this package and those below it.
@NullMarked
package dev.breakwater.mobility.capture;

import org.jspecify.annotations.NullMarked;
