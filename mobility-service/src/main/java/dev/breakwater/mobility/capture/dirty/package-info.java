/// Which blocks changed and which generation took them: bit planes in memory that outlive the process.
@NullMarked
package dev.breakwater.mobility.capture.dirty;

import org.jspecify.annotations.NullMarked;
