/// Files that must survive a crash or stay private.
@NullMarked
package dev.breakwater.platform.files;

import org.jspecify.annotations.NullMarked;
