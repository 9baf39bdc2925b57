/// What the console remembers of its user. Nothing here knows of a window.
@NullMarked
package dev.breakwater.desktop.preferences;

import org.jspecify.annotations.NullMarked;
