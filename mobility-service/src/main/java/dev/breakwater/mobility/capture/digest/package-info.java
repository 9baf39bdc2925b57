/// Change tracking by reading: compares digests of all blocks with those of the last time. For image files and for
/// machines without a tracer.
@NullMarked
package dev.breakwater.mobility.capture.digest;

import org.jspecify.annotations.NullMarked;
