/// Which points are kept: the grid of Azure Site Recovery, as a pure function.
@NullMarked
package dev.breakwater.vault.retention;

import org.jspecify.annotations.NullMarked;
