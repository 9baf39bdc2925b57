package dev.breakwater.control.machine;

import dev.breakwater.control.ApiError;
import dev.breakwater.control.ControlConnection;
import dev.breakwater.control.ControlException;
import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.registration.Renewal;
import dev.breakwater.platform.tls.LiveIdentity;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/// The mobility service's side of the control connection. Safe for several threads.
public final class MachineClient implements AutoCloseable {

    /// The server holds an order request back for 30 s at most.
    private static final Duration ORDERS_TIMEOUT = Duration.ofSeconds(45);

    private final ControlConnection connection;
    private final LiveIdentity identity;

    /// Speaks as that machine.
    public MachineClient(EngineAddress server, TlsIdentity identity) {
        this(server, new LiveIdentity(identity));
    }

    /// Speaks with the newest certificate of that identity.
    public MachineClient(EngineAddress server, LiveIdentity identity) {
        this.identity = identity;
        this.connection = new ControlConnection(server, identity);
    }

    /// The orders, as soon as their version is another than the given one; the same ones after half a minute.
    ///
    /// @param knownVersion version of the orders already carried out, 0 at first
    public MachineOrders orders(long knownVersion) throws IOException, InterruptedException {
        return connection.get(MachinePaths.ORDERS + "?after=" + knownVersion, MachineOrders.class, ORDERS_TIMEOUT);
    }

    /// Tells what became of an order. Telling it again changes nothing.
    public void result(UUID orderId, OrderResult result) throws IOException, InterruptedException {
        connection.send("POST", MachinePaths.ORDERS + "/" + orderId + MachinePaths.RESULT_SUFFIX, result);
    }

    /// Tells what the machine is made of.
    public void inventory(MachineInventory inventory) throws IOException, InterruptedException {
        connection.send("PUT", MachinePaths.INVENTORY, inventory);
    }

    /// Tells how replication is doing.
    public void status(MachineStatus status) throws IOException, InterruptedException {
        connection.send("POST", MachinePaths.STATUS, status);
    }

    /// Fetches a fresh certificate for a fresh key. The old one stays good until the new one is first used.
    public TlsIdentity renew() throws IOException, InterruptedException {
        return Renewal.fetch(connection, MachinePaths.CERTIFICATE, identity.now());
    }

    /// Ends the registration: protection ends, the certificate is refused from now on; points stay in the vault.
    /// Harmless if it has ended before.
    public void unregister() throws IOException, InterruptedException {
        try {
            connection.send("DELETE", MachinePaths.REGISTRATION, null);
        } catch (ControlException e) {
            if (!registrationHasEnded(e)) {
                throw e;
            }
        }
    }

    /// Whether a machine that wants to end its registration is refused because it has ended: before, or while the
    /// request was on its way.
    public static boolean registrationHasEnded(ControlException refusal) {
        return refusal.status() == 404 || refusal.error().code().equals(ApiError.NOT_REGISTERED);
    }

    @Override
    public void close() {
        connection.close();
    }
}
