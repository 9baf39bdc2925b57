package dev.breakwater.mobility.registration;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.machine.MachineClient;
import dev.breakwater.control.registration.RegistrationClient;
import dev.breakwater.control.registration.RegistrationClient.Previous;
import dev.breakwater.mobility.registration.AgentFolder.Registration;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Registers this machine with a configuration server, and ends the registration.
///
/// @param folder the mobility service's data folder
public record Registrar(AgentFolder folder) {

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private static final int MAX_NAME = 63;

    /// Registers, or registers anew and keeps the identity.
    ///
    /// @param client proves that the passphrase is known, which is never kept
    /// @param name what people call the machine; null for its host name
    /// @throws IOException if the server cannot be reached, refuses, or does not know the passphrase
    public Registration register(RegistrationClient client, @Nullable String name)
            throws IOException, InterruptedException {
        folder.create();
        var before = folder.registration();
        String chosen = name != null ? name : before.map(Registration::name).orElseGet(Registrar::hostName);
        Previous previous = before.isEmpty() ? null : previous(before.get());
        var registered = client.register(PeerRole.MACHINE, chosen, previous);
        var registration = new Registration(client.server().toString(), new MachineId(registered.id()), chosen);
        folder.save(registration, registered.identity());
        return registration;
    }

    /// The identity to keep, with its key if it is here still.
    private Previous previous(Registration registration) {
        TlsIdentity key = null;
        try {
            if (TlsIdentity.existsIn(folder.identityFolder())) {
                key = TlsIdentity.load(folder.identityFolder());
            }
        } catch (IOException e) {
            LOG.warn("The old key cannot be read; an administrator must admit this machine: {}", e.getMessage());
        }
        return new Previous(registration.machine().uuid(), key);
    }

    /// Removes what tracking left on this machine.
    @FunctionalInterface
    public interface Tracking {
        /// Removes it; harmless if nothing is there.
        ///
        /// @throws IOException if something of it stays
        void forget() throws IOException;
    }

    /// The configuration server, as one who ends the registration reaches it.
    @FunctionalInterface
    public interface Server {
        /// Ends the registration there; harmless if it has ended before.
        ///
        /// @throws IOException if the server cannot be reached or refuses
        void unregister(EngineAddress address, TlsIdentity identity) throws IOException, InterruptedException;

        /// Asks over HTTPS.
        static Server https() {
            return (address, identity) -> {
                try (var client = new MachineClient(address, identity)) {
                    client.unregister();
                }
            };
        }
    }

    /// Ends the registration at the server, then here. Who fails or dies on the way does it again.
    ///
    /// @param server is asked first; null if it is not to be asked
    /// @param tracking of this machine
    /// @throws IOException if the machine is not registered, the server cannot be reached, or tracking stays
    public void unregister(@Nullable Server server, Tracking tracking) throws IOException, InterruptedException {
        var registration = folder.requireRegistration();
        // The identity goes after the server has answered: if it is gone, an earlier attempt has come as far as that.
        if (server != null && TlsIdentity.existsIn(folder.identityFolder())) {
            server.unregister(registration.address(), TlsIdentity.load(folder.identityFolder()));
        }
        tracking.forget();
        folder.forgetRegistration();
    }

    /// This machine's own name.
    public static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
            return name.substring(0, Math.min(MAX_NAME, name.length()));
        } catch (UnknownHostException e) {
            return "machine";
        }
    }
}
