/// Where the lines of a program's log go, and what each of them says about the work it belongs to.
@NullMarked
package dev.breakwater.platform.log;

import org.jspecify.annotations.NullMarked;
