/// Seams to the world outside the program: randomness, native files and devices. Nothing of the domain. The clock's
/// seam is the JDK's own: `java.time.InstantSource` for the time of day, `java.util.function.LongSupplier` for
/// monotonic nanoseconds.
@NullMarked
package dev.breakwater.platform;

import org.jspecify.annotations.NullMarked;
