package dev.breakwater.control.registration;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.tls.CertificateRequest;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.Pem;
import dev.breakwater.platform.tls.Possession;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Registers a program with a configuration server.
public final class RegistrationClient {

    private static final int NONCE_BYTES = 32;

    private final EngineAddress server;
    private final SecretKind kind;
    private final RegistrationProof proof;
    private final Entropy entropy;
    private final RegistrationTransport transport;

    /// Registers over HTTPS, by the secret of that kind.
    public RegistrationClient(EngineAddress server, SecretKind kind, RegistrationProof proof, Entropy entropy) {
        this(server, kind, proof, entropy, RegistrationTransport.https(server));
    }

    /// Registers by the secret of that kind.
    ///
    /// @param transport carries requests to the server
    public RegistrationClient(
            EngineAddress server,
            SecretKind kind,
            RegistrationProof proof,
            Entropy entropy,
            RegistrationTransport transport) {
        this.server = server;
        this.kind = kind;
        this.proof = proof;
        this.entropy = entropy;
        this.transport = transport;
    }

    /// The server that programs register with.
    public EngineAddress server() {
        return server;
    }

    /// A registered program.
    ///
    /// @param id its identity
    /// @param identity its key and certificate, not yet saved
    public record Registered(UUID id, TlsIdentity identity) {}

    /// An earlier registration.
    ///
    /// @param id its identity
    /// @param key its last key and certificate, ended or not, which prove that this program is the one that had the
    ///     identity; null if they are lost, which an administrator must have allowed
    public record Previous(UUID id, @Nullable TlsIdentity key) {

        /// The registration that an identity comes from.
        public static Optional<Previous> of(TlsIdentity identity) {
            return identity.name().map(name -> new Previous(name.id(), identity));
        }

        RegistrationRequest.Previous proven(String proof) {
            return key == null
                    ? new RegistrationRequest.Previous(id, null, null)
                    : new RegistrationRequest.Previous(
                            id,
                            Pem.ofCertificates(List.of(key.certificate())),
                            Base64.getEncoder()
                                    .encodeToString(Possession.prove(
                                            key.privateKey(), RegistrationProof.possessionMessage(proof))));
        }
    }

    /// Proves both sides to each other and fetches a certificate.
    ///
    /// @param role machine or process server
    /// @param name what people call it
    /// @param previous the identity to keep, if there is one
    /// @throws IOException if the server cannot be reached, refuses, or does not know the secret
    public Registered register(PeerRole role, String name, @Nullable Previous previous)
            throws IOException, InterruptedException {
        String clientNonce = Base64.getEncoder().encodeToString(entropy.bytes(NONCE_BYTES));
        ChallengeAnswer answer = transport.challenge(new ChallengeRequest(clientNonce, kind));
        try {
            X509Certificate ca = Pem.certificates(answer.caCertificate()).getFirst();
            if (!RegistrationProof.equal(answer.proof(), proof.ofServer(clientNonce, answer.serverNonce(), ca))) {
                throw new IOException("The server at " + server + " could not prove that it knows the passphrase."
                        + " This program was not registered. The passphrase is wrong or was replaced, or another"
                        + " server answers at this address. Show the passphrase anew with `breakwater engine"
                        + " passphrase`.");
            }
            return register(role, name, previous, clientNonce, answer.serverNonce(), ca);
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificates which " + server + " sent cannot be used.", e);
        }
    }

    /// The identity of a program that runs: the one kept from an earlier run, or, if there is none or it has ended, one
    /// that is fetched by registering, and kept.
    ///
    /// @param folder where the identity is kept
    public TlsIdentity keptOrRegistered(Path folder, PeerRole role, String name, Instant now)
            throws IOException, InterruptedException {
        Previous previous = null;
        if (TlsIdentity.existsIn(folder)) {
            TlsIdentity kept = TlsIdentity.load(folder);
            // What is due is renewed while it runs; only what has ended takes a registration.
            if (now.isBefore(kept.certificate().getNotAfter().toInstant())) {
                return kept;
            }
            previous = Previous.of(kept).orElse(null);
        }
        TlsIdentity fresh = register(role, name, previous).identity();
        fresh.save(folder);
        return fresh;
    }

    private Registered register(
            PeerRole role,
            String name,
            @Nullable Previous previous,
            String clientNonce,
            String serverNonce,
            X509Certificate ca)
            throws IOException, InterruptedException, GeneralSecurityException {
        CertificateRequest request = CertificateRequest.draw();
        String csr = Base64.getEncoder().encodeToString(request.encoded());
        String kept = previous == null ? "" : previous.id().toString();
        String proven = proof.ofClient(clientNonce, serverNonce, ca, csr, role.word(), name, kept);
        RegistrationAnswer registered = transport.register(
                new RegistrationRequest(
                        role.word(),
                        name,
                        previous == null ? null : previous.proven(proven),
                        csr,
                        kind,
                        clientNonce,
                        serverNonce,
                        proven),
                ca);
        return new Registered(registered.id(), request.identity(Pem.certificates(registered.certificate()), ca));
    }
}
