/// The commands that need nothing but a vault and its recovery key: `vault create`, `points`, `check`, `export`, `seed`
/// and `serve`.
@NullMarked
package dev.breakwater.launcher.vault;

import org.jspecify.annotations.NullMarked;
