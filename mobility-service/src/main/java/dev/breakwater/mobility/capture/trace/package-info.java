/// Change tracking by the kernel's block tracepoints: a private trace instance that outlives the process.
///
/// The event is written when a request has ended and before anyone learns of it. So whatever is read after the
/// event has the new content, and whoever waits for the write (a freeze) cannot go on before the event is in
/// the buffer.
@NullMarked
package dev.breakwater.mobility.capture.trace;

import org.jspecify.annotations.NullMarked;
