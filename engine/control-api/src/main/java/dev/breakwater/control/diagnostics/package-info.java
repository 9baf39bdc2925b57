/// What goes into a file for those who help with a problem: only what is named here, never what merely was not thought
/// of.
@NullMarked
package dev.breakwater.control.diagnostics;

import org.jspecify.annotations.NullMarked;
