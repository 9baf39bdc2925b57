/// This computer as a recovery site: QEMU runs a machine from a recovery point that is served over NBD, in an isolated
/// network, with a thin overlay that takes what the machine writes. Seconds, and nothing is copied.
@NullMarked
package dev.breakwater.sitelocal;

import org.jspecify.annotations.NullMarked;
