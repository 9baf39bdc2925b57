/// Nouns and units of the product: machines, disks, ranges, recovery points, policies. No I/O, no threads, no clocks.
@NullMarked
package dev.breakwater.model;

import org.jspecify.annotations.NullMarked;
