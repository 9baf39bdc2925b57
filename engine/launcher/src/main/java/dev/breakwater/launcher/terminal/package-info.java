/// What people and scripts see of a command: tables, JSON, progress bars, sizes with units.
@NullMarked
package dev.breakwater.launcher.terminal;

import org.jspecify.annotations.NullMarked;
