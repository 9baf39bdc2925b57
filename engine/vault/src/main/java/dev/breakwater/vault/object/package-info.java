/// What lies in a machine's objects: sealed frames, and the sealed documents that say what a slot or a checkpoint
/// is.
@NullMarked
package dev.breakwater.vault.object;

import org.jspecify.annotations.NullMarked;
