/// Sealed segments on their way into the vault: in memory first, on the cache's disk when the vault lags, never more
/// than the bounds allow. Nothing here can read what is sealed, and nothing here promises anything: a process server
/// that starts throws its cache away, and the machines send again what was not durable.
@NullMarked
package dev.breakwater.processserver.upload;

import org.jspecify.annotations.NullMarked;
