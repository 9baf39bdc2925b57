/// A vault, an engine and a mobility service as separate processes on this computer, for the demonstration and the
/// benchmark.
@NullMarked
package dev.breakwater.launcher.rig;

import org.jspecify.annotations.NullMarked;
