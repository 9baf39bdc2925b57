/// What people read: sentences from the bundles, figures with their units. Nothing here knows of a window.
@NullMarked
package dev.breakwater.desktop.texts;

import org.jspecify.annotations.NullMarked;
