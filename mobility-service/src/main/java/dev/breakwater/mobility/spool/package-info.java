/// Where recovery points wait while no process server can take them: a chain of `.hrl` logs per disk.
@NullMarked
package dev.breakwater.mobility.spool;

import org.jspecify.annotations.NullMarked;
