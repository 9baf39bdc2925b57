/// Tests of the transport over real TLS on loopback.
@NullMarked
package dev.breakwater.wire.transport;

import org.jspecify.annotations.NullMarked;
