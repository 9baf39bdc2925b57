package dev.breakwater.launcher.engine;

import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.vault.key.VaultKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// The key store of an engine (PKCS #12, mode 0600): the vault's key and the store's credentials. Its password lies
/// beside it with the same mode; it guards against a copy of the one file alone.
final class EngineKeyStore {

    private static final String VAULT_KEY = "vault-key";
    private static final String LOCATION = "vault-location";
    private static final String CREDENTIAL = "credential.";
    private static final int PASSWORD_BYTES = 24;

    private final Path file;
    private final Path passwordFile;

    EngineKeyStore(Path data) {
        this.file = data.resolve("engine.p12");
        this.passwordFile = data.resolve("engine.p12.password");
    }

    /// What was kept, if anything was.
    Optional<EngineSetup> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        char[] password = Files.readString(passwordFile).strip().toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            Map<String, String> credentials = new HashMap<>();
            for (String alias : Collections.list(store.aliases())) {
                if (alias.startsWith(CREDENTIAL)) {
                    credentials.put(
                            alias.substring(CREDENTIAL.length()).toUpperCase(java.util.Locale.ROOT),
                            text(store, alias, password));
                }
            }
            return Optional.of(new EngineSetup(
                    text(store, LOCATION, password), VaultKey.of(secret(store, VAULT_KEY, password)), credentials));
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The engine's key store " + file + " cannot be opened, so its vault is out of reach. It was"
                            + " damaged, or its password file exchanged. Restore both from a backup, or start with a new"
                            + " folder, --vault and --recovery-key-file.",
                    e);
        }
    }

    /// Keeps it. Each file is replaced in one step, the password's first.
    void save(EngineSetup setup) throws IOException {
        Files.createDirectories(file.getParent());
        String password = Files.exists(passwordFile)
                ? Files.readString(passwordFile).strip()
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Entropy.system().bytes(PASSWORD_BYTES));
        SecretFile.write(passwordFile, password);
        SecretFile.write(file, bytes(setup, password.toCharArray()));
    }

    private static byte[] bytes(EngineSetup setup, char[] password) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            put(store, VAULT_KEY, setup.vaultKey().toBytes(), password);
            put(store, LOCATION, setup.vaultLocation().getBytes(StandardCharsets.UTF_8), password);
            for (Map.Entry<String, String> credential : setup.storeCredentials().entrySet()) {
                put(
                        store,
                        CREDENTIAL + credential.getKey(),
                        credential.getValue().getBytes(StandardCharsets.UTF_8),
                        password);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException("This Java cannot write a PKCS #12 key store; use a complete JDK 25.", e);
        }
    }

    private static void put(KeyStore store, String alias, byte[] secret, char[] password)
            throws GeneralSecurityException {
        store.setEntry(
                alias,
                new KeyStore.SecretKeyEntry(new SecretKeySpec(secret, "AES")),
                new KeyStore.PasswordProtection(password));
    }

    private static byte[] secret(KeyStore store, String alias, char[] password)
            throws GeneralSecurityException, IOException {
        if (store.getEntry(alias, new KeyStore.PasswordProtection(password)) instanceof KeyStore.SecretKeyEntry entry) {
            return entry.getSecretKey().getEncoded();
        }
        throw new IOException(
                "The engine's key store has no entry \"" + alias + "\"; it was written by another program.");
    }

    private static String text(KeyStore store, String alias, char[] password)
            throws GeneralSecurityException, IOException {
        return new String(secret(store, alias, password), StandardCharsets.UTF_8);
    }
}
