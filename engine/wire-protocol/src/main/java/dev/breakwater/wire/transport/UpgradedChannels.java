package dev.breakwater.wire.transport;

import dev.breakwater.platform.Threads;
import dev.breakwater.wire.Message.Hello;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.Optional;

/// Both ends of the protocol on a channel that somebody else has opened, as if TLS and the upgrade had been done:
/// for a simulated network.
public final class UpgradedChannels {

    private UpgradedChannels() {}

    /// The process server's end; what the machine sends may be written into the channel from now on.
    ///
    /// @param peer whom TLS would have proven
    public static void serve(Channel channel, ProvenPeer peer, MachineAcceptor acceptor, ConnectionTimes times) {
        channel.pipeline()
                .addLast("encoder", new MessageEncoder())
                .addLast("decoder", new MessageDecoder())
                .addLast("session", new SessionHandler(acceptor, times, _ -> Optional.of(peer), _ -> true));
    }

    /// The machine's end: says HELLO and waits for WELCOME, as [ReplicationClient#connect] does.
    ///
    /// @param threads lets the time pass in which no answer comes
    /// @throws RefusedException if the process server said no
    /// @throws IOException if the channel ends, or no answer comes in time
    public static ReplicationConnection connect(
            Channel channel,
            Destination destination,
            Hello hello,
            ReplicationListener listener,
            ConnectionTimes times,
            Threads threads)
            throws IOException, InterruptedException {
        var connection = new ReplicationConnection(destination, hello, listener, times);
        channel.pipeline()
                .addLast("encoder", new MessageEncoder())
                .addLast("decoder", new MessageDecoder())
                .addLast("connection", connection.handler());
        connection.stands(channel);
        channel.pipeline().fireUserEventTriggered(UpgradeRequester.Event.UPGRADED);
        boolean welcomed = false;
        try {
            connection.awaitWelcome(threads);
            welcomed = true;
            return connection;
        } finally {
            if (!welcomed) {
                connection.close();
            }
        }
    }
}
