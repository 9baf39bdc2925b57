/// The one way to the engine: asks it at a bounded rate and hands out what it said as immutable snapshots. Nothing here
/// knows of a window.
@NullMarked
package dev.breakwater.desktop.door;

import org.jspecify.annotations.NullMarked;
