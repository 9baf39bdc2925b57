/// The engine on this computer: starting it as a process that outlives the console.
@NullMarked
package dev.breakwater.desktop.engine;

import org.jspecify.annotations.NullMarked;
