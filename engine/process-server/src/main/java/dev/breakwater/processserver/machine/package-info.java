/// One machine's replication: its desk, which outlives connections, and the session of a connection, which works on a
/// thread of its own so that a slow machine holds up nobody else.
@NullMarked
package dev.breakwater.processserver.machine;

import org.jspecify.annotations.NullMarked;
