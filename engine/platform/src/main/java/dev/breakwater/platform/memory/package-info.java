/// Memory that is used again.
@NullMarked
package dev.breakwater.platform.memory;

import org.jspecify.annotations.NullMarked;
