/// Test failover: choosing what is tested, following it live, and cleaning up.
@NullMarked
package dev.breakwater.desktop.failover;

import org.jspecify.annotations.NullMarked;
