package dev.breakwater.wire.transport;

import dev.breakwater.platform.tls.LiveIdentity;
import java.net.InetSocketAddress;

/// How a [ReplicationServer] listens.
///
/// @param address where; port 0 takes a free one
/// @param identity the process server's certificate, the newest for each connection, and the authority it trusts
/// @param threads that encrypt and decrypt; each connection stays on one
/// @param maxConnections more are closed unheard
/// @param times how long to wait
public record ServerSettings(
        InetSocketAddress address, LiveIdentity identity, int threads, int maxConnections, ConnectionTimes times) {

    /// Machines of one process server are 225 at most by the sizing table; four times that are storms and moves.
    public static final int USUAL_MAX_CONNECTIONS = 1000;
}
