/// The command that collects what those need who help with a problem.
@NullMarked
package dev.breakwater.launcher.diagnostics;

import org.jspecify.annotations.NullMarked;
