package dev.breakwater.platform.tls;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Issues the certificates of one installation. Its own private key is kept by the configuration server.
public final class CertificateAuthority {

    /// How long an issued certificate lives. Programs renew theirs when a third is left, so one that is off
    /// for ten days comes back by itself; one that is off for longer registers again and keeps its identity.
    public static final Duration USUAL_LIFE = Duration.ofDays(30);

    private static final Duration OWN_VALIDITY = Duration.ofDays(20 * 365);

    /// Machines with a wrong clock must still be able to register: two days of thirty.
    private static final int TOLERANCE_PART = 15;

    private static final Duration OWN_TOLERANCE = Duration.ofDays(2);

    private static final int SERIAL_BITS = 127;
    private static final SecureRandom SERIALS = new SecureRandom();

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Duration life;

    /// An authority that exists already, whose certificates live as long as usual.
    public CertificateAuthority(PrivateKey key, X509Certificate certificate) {
        this(key, certificate, USUAL_LIFE);
    }

    private CertificateAuthority(PrivateKey key, X509Certificate certificate, Duration life) {
        this.key = key;
        this.certificate = certificate;
        this.life = life;
    }

    /// The same authority, whose certificates live for another while.
    public CertificateAuthority issuingFor(Duration otherLife) {
        return new CertificateAuthority(key, certificate, otherLife);
    }

    /// How long an issued certificate lives.
    public Duration life() {
        return life;
    }

    /// Whether this authority signed the certificate, however long ago.
    public boolean hasIssued(X509Certificate other) {
        try {
            other.verify(certificate.getPublicKey());
            return other.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// A new authority.
    ///
    /// @param name for people who look at certificates
    public static CertificateAuthority create(String name, Instant now) {
        KeyPair keys = CertificateRequest.newKeys();
        X500Name subject = new X500Name("O=Breakwater,CN=" + name.replaceAll("[^A-Za-z0-9 .-]", "_"));
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_BITS, SERIALS),
                Date.from(now.minus(OWN_TOLERANCE)),
                Date.from(now.plus(OWN_VALIDITY)),
                subject,
                keys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
        return new CertificateAuthority(keys.getPrivate(), sign(builder, keys.getPrivate()));
    }

    /// The certificate that everybody trusts.
    public X509Certificate certificate() {
        return certificate;
    }

    /// The private key, to be kept.
    public PrivateKey privateKey() {
        return key;
    }

    /// Issues a certificate.
    ///
    /// @param owner the key to certify
    /// @param hosts names and addresses at which the owner is reached; for people and foreign clients
    public X509Certificate issue(PublicKey owner, PeerName name, Collection<String> hosts, Instant now) {
        var builder = new JcaX509v3CertificateBuilder(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                new BigInteger(SERIAL_BITS, SERIALS),
                Date.from(now.minus(life.dividedBy(TOLERANCE_PART))),
                Date.from(now.plus(life)),
                new X500Name(name.distinguishedName()),
                owner);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            if (!hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(hosts));
            }
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
        return sign(builder, key);
    }

    /// Draws a key pair and certifies it.
    public TlsIdentity newIdentity(PeerName name, Collection<String> hosts, Instant now) {
        KeyPair keys = CertificateRequest.newKeys();
        return new TlsIdentity(keys.getPrivate(), List.of(issue(keys.getPublic(), name, hosts, now)), certificate);
    }

    private static GeneralNames alternativeNames(Collection<String> hosts) {
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey with) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(with);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("The Java runtime cannot sign certificates.", e);
        }
    }
}
