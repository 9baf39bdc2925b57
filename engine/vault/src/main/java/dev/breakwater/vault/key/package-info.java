/// Keys: the recovery key that the administrator keeps, the vault key that it unwraps, and under that one key
/// for each machine and each disk. What is in the vault is wrapped; only the recovery key is needed beside it.
@NullMarked
package dev.breakwater.vault.key;

import org.jspecify.annotations.NullMarked;
