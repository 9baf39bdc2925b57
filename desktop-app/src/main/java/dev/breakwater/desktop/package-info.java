/// The console: what an administrator sees of an engine. Its folders are the administrator's tasks;
/// ARCHITECTURE.md of this module says how they fit together.
@NullMarked
package dev.breakwater.desktop;

import org.jspecify.annotations.NullMarked;
