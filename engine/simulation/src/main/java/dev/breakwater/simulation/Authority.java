package dev.breakwater.simulation;

import dev.breakwater.configurationserver.Conductor;
import dev.breakwater.configurationserver.answer.Refusal;
import dev.breakwater.configurationserver.authority.AuthorityFiles;
import dev.breakwater.configurationserver.authority.Registrations;
import dev.breakwater.configurationserver.authority.Revocations;
import dev.breakwater.configurationserver.authority.Users;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A configuration server's authority, as the real server starts it, and what its port does with certificates.
///
/// @param certificates signs
/// @param registrations registers and renews
/// @param revocations revokes and admits
/// @param conductor the server behind it
record Authority(
        CertificateAuthority certificates, Registrations registrations, Revocations revocations, Conductor conductor) {

    /// Stands for what those know who know the vault's key.
    static final byte[] VAULT_SECRET = new byte[32];

    private static final int HTTPS_PORT = 443;

    /// Starts it on the server's folder.
    static Authority start(World world, Node node, Path folder, ControlNode control) throws IOException {
        InstantSource clock = node.clock();
        var files = new AuthorityFiles(folder, world.entropy());
        CertificateAuthority certificates = files.authority(clock.instant());
        TlsIdentity _ = files.serverIdentity(certificates, List.of("host"), clock.instant());
        byte[] _ = files.auditKey();
        var registrations =
                new Registrations(control.database(), certificates, files, VAULT_SECRET, clock, world.entropy());
        var users = new Users(control.database(), certificates, clock, world.entropy());
        files.administrator(certificates, users, HTTPS_PORT, clock.instant());
        return new Authority(
                certificates, registrations, new Revocations(control.database(), _ -> {}), control.conductor());
    }

    /// Who shows a certificate, if it is good; what the handshake and the port's gate find out.
    ///
    /// @throws IOException if there is no connection
    PeerName caller(TlsIdentity identity) throws IOException {
        if (!identity.trustedCa().equals(certificates.certificate())) {
            throw new IOException("the caller does not believe this server");
        }
        if (!certificates.hasIssued(identity.certificate())) {
            throw new IOException("this server does not believe the caller");
        }
        PeerName caller = identity.name().orElseThrow();
        if (registrations.accepts(caller, identity.certificate()).isEmpty()) {
            throw registrations.knows(caller)
                    ? Refusal.unproven("The request was refused.", "The certificate is not good.", "Register again.")
                    : Refusal.notRegistered(caller.toString());
        }
        return caller;
    }
}
