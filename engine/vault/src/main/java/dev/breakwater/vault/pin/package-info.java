/// Pins: a point in use by a failover, an export or a mount is kept from pruning until its pin is released or
/// expires.
@NullMarked
package dev.breakwater.vault.pin;

import org.jspecify.annotations.NullMarked;
