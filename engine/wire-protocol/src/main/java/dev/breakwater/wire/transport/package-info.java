/// Carries the messages over mutual TLS and HTTP/1.1 Upgrade with Netty: the machine's side
/// ([dev.breakwater.wire.transport.ReplicationClient]) and the process server's
/// ([dev.breakwater.wire.transport.ReplicationServer]).
@NullMarked
package dev.breakwater.wire.transport;

import org.jspecify.annotations.NullMarked;
