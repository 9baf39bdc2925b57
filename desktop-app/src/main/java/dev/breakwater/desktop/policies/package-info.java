/// Replication policies: what each asks for, how long its points are kept, and which machines follow it.
@NullMarked
package dev.breakwater.desktop.policies;

import org.jspecify.annotations.NullMarked;
