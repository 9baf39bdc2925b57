/// The first page: whether everything is well, and what is not.
@NullMarked
package dev.breakwater.desktop.dashboard;

import org.jspecify.annotations.NullMarked;
