package dev.breakwater.wire.transport;

import dev.breakwater.wire.MachineRules;
import dev.breakwater.wire.Message;
import dev.breakwater.wire.RefusalCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.net.SocketAddress;

/// The process server's end of a connection. Safe for all threads; what is sent after the end is dropped.
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is heard
public final class MachineChannel {

    private final Channel channel;
    private final ProvenPeer peer;
    private final MachineRules rules;

    MachineChannel(Channel channel, ProvenPeer peer, MachineRules rules) {
        this.channel = channel;
        this.peer = peer;
        this.rules = rules;
    }

    /// Who is connected, from its certificate.
    public ProvenPeer peer() {
        return peer;
    }

    /// Where it connects from, for the log.
    public SocketAddress address() {
        return channel.remoteAddress();
    }

    /// Answers HELLO; from now on the machine may send.
    public void welcome(Message.Welcome welcome) {
        rules.grant(welcome.creditBytes());
        send(welcome);
    }

    /// Says that everything up to a number was taken over and how much may be sent in all. Numbers and credit must
    /// not fall from call to call.
    public void stored(long sequence, long creditBytes) {
        rules.grant(creditBytes);
        send(new Message.Stored(sequence, creditBytes));
    }

    /// Sends DURABLE or the answer to a request for digests.
    public void send(Message message) {
        if (!channel.isWritable()) {
            // Nothing we send is large or unasked, so a machine that lets it pile up does not read.
            channel.close();
            return;
        }
        channel.writeAndFlush(message, channel.voidPromise());
    }

    /// Ends the connection and says why.
    public void refuse(RefusalCode code, String text) {
        if (channel.isActive()) {
            channel.writeAndFlush(new Message.Refused(code, text)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// Whether the connection still stands.
    public boolean isOpen() {
        return channel.isActive();
    }

    /// Ends the connection without a word.
    public void close() {
        channel.close();
    }
}
