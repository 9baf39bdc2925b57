/// The table of all machines.
@NullMarked
package dev.breakwater.desktop.machines;

import org.jspecify.annotations.NullMarked;
