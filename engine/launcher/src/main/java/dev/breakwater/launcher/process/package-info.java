/// Other programs as children of this one: tools of the operating system, and Breakwater's own programs as separate
/// processes.
@NullMarked
package dev.breakwater.launcher.process;

import org.jspecify.annotations.NullMarked;
