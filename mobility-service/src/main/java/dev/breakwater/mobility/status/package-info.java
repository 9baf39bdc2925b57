/// What `agent status` shows: a file that the running service writes.
@NullMarked
package dev.breakwater.mobility.status;

import org.jspecify.annotations.NullMarked;
