/// The whole system in one thread from one seed: protected machine, process servers, vault and configuration server as
/// they ship, on a clock, a network, disks and an object store that fail as real ones do. A failing seed is a bug
/// report.
@NullMarked
package dev.breakwater.simulation;

import org.jspecify.annotations.NullMarked;
