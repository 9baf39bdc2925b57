/// Tests of one machine's replication.
@NullMarked
package dev.breakwater.processserver.machine;

import org.jspecify.annotations.NullMarked;
