/// One machine: how its data flow, which points it can be recovered to, and what can be done with it.
@NullMarked
package dev.breakwater.desktop.machine;

import org.jspecify.annotations.NullMarked;
