/// Checking a vault: every object that a point needs, every hash and every seal; a class for each thing that can be
/// wrong.
@NullMarked
package dev.breakwater.vault.check;

import org.jspecify.annotations.NullMarked;
