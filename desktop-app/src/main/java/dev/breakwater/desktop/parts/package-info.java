/// Small views that several pages share.
@NullMarked
package dev.breakwater.desktop.parts;

import org.jspecify.annotations.NullMarked;
