/// The program `breakwater`: the command line, and the wiring of the engine's roles. Each group of commands is a
/// package of its own; here lie the root of the command tree and what all commands share.
@NullMarked
package dev.breakwater.launcher;

import org.jspecify.annotations.NullMarked;
