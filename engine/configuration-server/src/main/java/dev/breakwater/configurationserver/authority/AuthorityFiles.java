package dev.breakwater.configurationserver.authority;

import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.platform.tls.CertificateAuthority;
import dev.breakwater.platform.tls.PeerName;
import dev.breakwater.platform.tls.PeerRole;
import dev.breakwater.platform.tls.TlsIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The folder with what must stay secret of this installation: the authority's key store, the server's own
/// identity, the passphrase; and, beside it, the administrator's credentials. All files are readable by their
/// owner only.
public final class AuthorityFiles {

    /// Folder with the administrator's identity and the file [#ADMIN_ADDRESS_FILE], in the data folder.
    public static final String ADMIN_FOLDER = "admin";

    /// Holds `HOST:PORT` of the server that the administrator's identity is for.
    public static final String ADMIN_ADDRESS_FILE = "address";

    private static final String ALIAS = "authority";

    /// The key store format wants a password; what protects the key is that only its owner may read the file.
    private static final char[] NO_PASSWORD = "breakwater".toCharArray();

    private static final int AUDIT_KEY_BYTES = 32;

    /// 26 letters of 5 bits each.
    private static final int PASSPHRASE_LETTERS = 26;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final Path dataFolder;
    private final Path folder;
    private final Entropy entropy;

    /// The files of the installation in that data folder.
    public AuthorityFiles(Path dataFolder, Entropy entropy) throws IOException {
        this.dataFolder = dataFolder;
        this.folder = dataFolder.resolve("authority");
        this.entropy = entropy;
        SecretFile.createFolder(folder);
    }

    /// The authority, created if there is none.
    public CertificateAuthority authority(Instant now) throws IOException {
        Path file = folder.resolve("authority.p12");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            if (Files.exists(file)) {
                store.load(new ByteArrayInputStream(Files.readAllBytes(file)), NO_PASSWORD);
                if (store.getKey(ALIAS, NO_PASSWORD) instanceof PrivateKey key
                        && store.getCertificate(ALIAS) instanceof X509Certificate certificate) {
                    return new CertificateAuthority(key, certificate);
                }
                throw new IOException("The key store " + file + " holds no authority. No program can register or renew"
                        + " its certificate. The file was exchanged. Restore it from a backup.");
            }
            CertificateAuthority created = CertificateAuthority.create("Breakwater " + entropy.uuid(), now);
            store.load(null, null);
            store.setKeyEntry(ALIAS, created.privateKey(), NO_PASSWORD, new Certificate[] {created.certificate()});
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, NO_PASSWORD);
            SecretFile.write(file, bytes.toByteArray());
            return created;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The key store " + file + " cannot be read. The configuration server cannot start. The file is"
                            + " damaged. Restore it from a backup.",
                    e);
        }
    }

    /// The server's own identity: its key and id stay, its certificate is issued anew at every start, so that the
    /// names it is reached at are up to date.
    public TlsIdentity serverIdentity(CertificateAuthority authority, List<String> hosts, Instant now)
            throws IOException {
        Path own = folder.resolve("server");
        UUID id = TlsIdentity.existsIn(own)
                ? TlsIdentity.load(own).name().map(PeerName::id).orElseGet(entropy::uuid)
                : entropy.uuid();
        TlsIdentity identity = authority.newIdentity(new PeerName(PeerRole.CONFIGURATION_SERVER, id), hosts, now);
        identity.save(own);
        return identity;
    }

    /// Writes the local administrator's credentials, and the address they are for.
    public void administrator(CertificateAuthority authority, Users users, int port, Instant now) throws IOException {
        renewAdministrator(authority, users, now);
        Path admin = dataFolder.resolve(ADMIN_FOLDER);
        users.local(TlsIdentity.load(admin));
        SecretFile.write(admin.resolve(ADMIN_ADDRESS_FILE), "localhost:" + port + "\n");
    }

    /// Issues the local administrator's certificate anew if it is missing or due.
    public void renewAdministrator(CertificateAuthority authority, Users users, Instant now) throws IOException {
        Path admin = dataFolder.resolve(ADMIN_FOLDER);
        PeerName name = new PeerName(PeerRole.ADMINISTRATOR, entropy.uuid());
        if (TlsIdentity.existsIn(admin)) {
            TlsIdentity kept = TlsIdentity.load(admin);
            boolean ours = kept.trustedCa().equals(authority.certificate());
            if (ours && !kept.renewalDue(now)) {
                return;
            }
            name = ours ? kept.name().orElse(name) : name;
        }
        TlsIdentity fresh = authority.newIdentity(name, List.of(), now);
        // First good, then found: whoever reads the folder always finds a good one.
        users.local(fresh);
        fresh.save(admin);
    }

    /// The key that the audit log is authenticated with, drawn if there is none. It lies apart from the database.
    public byte[] auditKey() throws IOException {
        Path file = folder.resolve("audit.key");
        if (!Files.exists(file)) {
            SecretFile.write(file, entropy.bytes(AUDIT_KEY_BYTES));
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != AUDIT_KEY_BYTES) {
            throw new IOException("The audit log's key " + file + " is damaged: it has " + key.length + " bytes. The"
                    + " log cannot be continued or verified, so the server does not start. Restore it from a backup.");
        }
        return key;
    }

    /// The passphrase, drawn if there is none.
    public String passphrase() throws IOException {
        Path file = folder.resolve("passphrase");
        Optional<String> present = Files.exists(file)
                ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
        return present.isPresent() ? present.get() : newPassphrase();
    }

    /// Draws a new passphrase in place of the old one.
    public String newPassphrase() throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] random = entropy.bytes(PASSPHRASE_LETTERS);
        for (int i = 0; i < PASSPHRASE_LETTERS; i++) {
            if (i > 0 && i % 5 == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(random[i] & 31));
        }
        SecretFile.write(folder.resolve("passphrase"), text + "\n");
        return text.toString();
    }
}
