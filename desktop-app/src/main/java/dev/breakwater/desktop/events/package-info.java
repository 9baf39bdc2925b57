/// Events: what happened, newest first, read from the engine in pages.
@NullMarked
package dev.breakwater.desktop.events;

import org.jspecify.annotations.NullMarked;
