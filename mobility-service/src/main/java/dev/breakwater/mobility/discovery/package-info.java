/// Which disks the machine has, and which file systems stand on them.
@NullMarked
package dev.breakwater.mobility.discovery;

import org.jspecify.annotations.NullMarked;
