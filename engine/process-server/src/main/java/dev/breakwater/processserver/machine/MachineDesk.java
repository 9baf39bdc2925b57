package dev.breakwater.processserver.machine;

import dev.breakwater.wire.Message.Hello;
import dev.breakwater.wire.RefusalCode;
import dev.breakwater.wire.transport.MachineChannel;
import dev.breakwater.wire.transport.MachineSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One machine's place at this process server, across its connections. At most one session works at a time: a new
/// one sends the old one away and waits until the old one's work is settled, so that WELCOME tells the truth.
public final class MachineDesk {

    private final DeskTools tools;
    private final AtomicLong receivedBytes = new AtomicLong();
    private volatile Serving serving;
    private @Nullable ReplicationSession current;
    private CompletableFuture<?> settled = CompletableFuture.completedFuture(null);
    private boolean dismissed;

    /// Opens a desk for a machine that was assigned.
    public MachineDesk(Serving serving, DeskTools tools) {
        this.serving = serving;
        this.tools = tools;
    }

    /// What the desk serves now.
    public Serving serving() {
        return serving;
    }

    /// Takes over a change of the assignment. The session that works goes on if it can, that is if it still has the
    /// same vault and keys; else the machine has to connect again.
    public synchronized void update(Serving changed) {
        Serving before = serving;
        serving = changed;
        boolean same = before.keys().equals(changed.keys())
                && before.vaults().equals(changed.vaults())
                && before.assignment().disks().equals(changed.assignment().disks());
        if (before.assignment().registration() != changed.assignment().registration() && current != null) {
            current.refuse(RefusalCode.CERTIFICATE, "The machine was revoked or has registered anew.");
        } else if (!same && current != null) {
            current.refuse(RefusalCode.BUSY, "The machine's disks or its vault have changed; connect again.");
        }
    }

    /// Begins the session of a new connection. Does not block.
    public synchronized MachineSession connect(MachineChannel channel, Hello hello) {
        var session = new ReplicationSession(serving, tools, channel, hello, settled, receivedBytes);
        if (dismissed) {
            channel.refuse(RefusalCode.NOT_ASSIGNED, "The machine is not assigned to this process server any more.");
            return session;
        }
        if (!serving.assignment().certificates().contains(channel.peer().fingerprint())) {
            channel.refuse(
                    RefusalCode.CERTIFICATE,
                    "The configuration server does not name this certificate as the machine's: it was revoked or"
                            + " renewed, or this process server has not heard of it yet.");
            return session;
        }
        if (current != null) {
            current.refuse(RefusalCode.SUPERSEDED, "The machine has connected anew.");
        }
        current = session;
        settled = session.start();
        return session;
    }

    /// Sends the machine away.
    public synchronized void dismiss(RefusalCode code, String text) {
        dismissed = true;
        if (current != null) {
            current.refuse(code, text);
        }
    }

    /// Completes once no work of this machine is left, after [#dismiss].
    public synchronized CompletableFuture<?> settled() {
        return settled;
    }

    /// Whether the machine is connected.
    public synchronized boolean connected() {
        return current != null && current.isOpen();
    }

    /// Bytes of disks that the machine has sent since this process server started.
    public long receivedBytes() {
        return receivedBytes.get();
    }
}
