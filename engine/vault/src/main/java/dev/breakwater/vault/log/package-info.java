/// The log of a machine: one slot for each closed generation of changes, written put-if-absent, chained by
/// hash. The writer lives here, and what both writer and readers need to open a machine's part of a vault.
@NullMarked
package dev.breakwater.vault.log;

import org.jspecify.annotations.NullMarked;
