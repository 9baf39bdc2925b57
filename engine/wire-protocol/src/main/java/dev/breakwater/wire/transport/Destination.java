package dev.breakwater.wire.transport;

import dev.breakwater.model.ProcessServerId;

/// Where a process server is reached, and which one must answer there.
///
/// @param host name or address
/// @param port TCP port
/// @param expected the identity that its certificate must carry
public record Destination(String host, int port, ProcessServerId expected) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
