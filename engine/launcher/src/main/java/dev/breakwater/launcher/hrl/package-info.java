/// The commands that work on change logs in the .hrl format: `hrl check`, `hrl dump`, `hrl apply`.
@NullMarked
package dev.breakwater.launcher.hrl;

import org.jspecify.annotations.NullMarked;
