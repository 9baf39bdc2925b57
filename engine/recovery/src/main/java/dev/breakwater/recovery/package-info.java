/// The flows of recovery. [TestFailovers] runs a machine from a recovery point on a site, isolated, asks it for signs
/// of life, and cleans up afterwards; the protected machine and its replication notice nothing.
///
/// A flow is a table of transitions ([TestFailoverState]) whose steps are recorded before and after in a [FlowJournal],
/// so that an engine that was killed finds what it had begun and undoes it. What recovery needs of replication is the
/// port [RecoveryPoints]; where machines run is the seam `dev.breakwater.site.Site`.
@NullMarked
package dev.breakwater.recovery;

import org.jspecify.annotations.NullMarked;
