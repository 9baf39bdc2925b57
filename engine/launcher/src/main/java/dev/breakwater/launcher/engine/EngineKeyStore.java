package dev.breakwater.launcher.engine;

import dev.breakwater.platform.Entropy;
import dev.breakwater.platform.files.SecretFile;
import dev.breakwater.vault.key.VaultKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
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
    ///
    /// @throws IOException if the files cannot be read, or hold nothing that can be used
    Optional<EngineSetup> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        char[] password = password().toCharArray();
        KeyStore store;
        try {
            store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
        } catch (GeneralSecurityException | IOException e) {
            throw unusable("It was damaged, or its password file exchanged.", e);
        }
        try {
            return Optional.of(setup(store, password));
        } catch (GeneralSecurityException e) {
            throw unusable("It was damaged.", e);
        }
    }

    private EngineSetup setup(KeyStore store, char[] password) throws GeneralSecurityException, IOException {
        Map<String, String> credentials = new HashMap<>();
        for (String alias : Collections.list(store.aliases())) {
            if (alias.startsWith(CREDENTIAL)) {
                credentials.put(
                        alias.substring(CREDENTIAL.length()).toUpperCase(Locale.ROOT), text(store, alias, password));
            }
        }
        return new EngineSetup(
                text(store, LOCATION, password), VaultKey.of(secret(store, VAULT_KEY, password)), credentials);
    }

    private String password() throws IOException {
        try {
            return Files.readString(passwordFile).strip();
        } catch (NoSuchFileException e) {
            throw unusable("Its password file " + passwordFile + " is gone.", e);
        }
    }

    private IOException unusable(String cause, Exception e) {
        return new IOException(
                "The engine's key store " + file + " cannot be opened, so its vault is out of reach. " + cause
                        + " Restore both files from a backup, or start with a new folder, --vault and"
                        + " --recovery-key-file.",
                e);
    }

    /// Keeps it. Each file is replaced in one step, the password's first.
    void save(EngineSetup setup) throws IOException {
        Files.createDirectories(file.getParent());
        String password = Files.exists(passwordFile)
                ? password()
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
