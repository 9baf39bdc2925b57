/// `engine run` and its neighbours: which roles run, in which order they start and stop, and how the ports that the
/// servers declare are fulfilled by the vault and by recovery.
@NullMarked
package dev.breakwater.launcher.engine;

import org.jspecify.annotations.NullMarked;
