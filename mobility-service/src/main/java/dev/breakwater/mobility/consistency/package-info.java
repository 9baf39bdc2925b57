/// Bringing a machine to rest for a moment: freezing its file systems in order, a watchdog that thaws whatever
/// happens to us, and commands around and inside the freeze.
@NullMarked
package dev.breakwater.mobility.consistency;

import org.jspecify.annotations.NullMarked;
