/// What people and scripts see of a command: tables, JSON, progress bars, sizes with units; and what they tell several
/// of them alike.
@NullMarked
package dev.breakwater.launcher.terminal;

import org.jspecify.annotations.NullMarked;
