package dev.breakwater.wire.transport;

import java.time.Duration;

/// How long either side waits.
///
/// @param connect for TCP, TLS and the upgrade, each
/// @param welcome for HELLO to be answered; the process server may first have to finish earlier work of the machine
/// @param ping after that much silence of our own we ask whether the peer is there
/// @param dead after that much silence of the peer it counts as dead
public record ConnectionTimes(Duration connect, Duration welcome, Duration ping, Duration dead) {

    /// For production: a peer in trouble is noticed within a minute, and three lost pings in a row are not chance.
    public static final ConnectionTimes USUAL = new ConnectionTimes(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(60));
}
