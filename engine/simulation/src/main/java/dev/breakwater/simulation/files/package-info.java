/// A file system whose disk fails: under the real code for spool, memory and cache, above real files in memory.
@NullMarked
package dev.breakwater.simulation.files;

import org.jspecify.annotations.NullMarked;
