/// What several pages know of machines: their health, and what may be done in which state. Nothing here knows of a
/// window.
@NullMarked
package dev.breakwater.desktop.estate;

import org.jspecify.annotations.NullMarked;
