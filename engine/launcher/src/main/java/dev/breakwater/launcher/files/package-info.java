/// Folders as a whole.
@NullMarked
package dev.breakwater.launcher.files;

import org.jspecify.annotations.NullMarked;
