package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.engine.LocalEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// Makes the vault and starts its engine for the first time. Each part may be repeated. Its methods take
/// seconds: not for the JavaFX thread.
///
/// Until the engine answers, the recovery key lies in a file of the engine's folder that only this user can read. So a
/// crash between making the vault and writing the key down loses nothing; after that it is deleted.
final class FirstRun {

    private static final String KEY_FILE = "recovery-key-until-kept";

    private final LocalEngine engine;

    FirstRun(LocalEngine engine) {
        this.engine = engine;
    }

    private Path keyFile() {
        return engine.data().resolve(KEY_FILE);
    }

    /// The key of a vault that was made and whose engine has not started yet.
    Optional<String> keyInHand() throws IOException {
        return Files.exists(keyFile()) ? Optional.of(Files.readString(keyFile()).strip()) : Optional.empty();
    }

    /// Makes a vault.
    ///
    /// @return its recovery key
    String createVault(String location) throws IOException, InterruptedException {
        Optional<String> before = keyInHand();
        if (before.isPresent()) {
            return before.get();
        }
        if (!Files.exists(engine.data())) {
            Files.createDirectories(
                    engine.data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        engine.program()
                .run(List.of(
                        "vault",
                        "create",
                        "--location",
                        location,
                        "--write-recovery-key",
                        keyFile().toString(),
                        "--json"));
        return keyInHand().orElseThrow(() -> new IOException(keyFile() + " is missing"));
    }

    /// Starts the engine and waits until it answers.
    ///
    /// @throws IOException if it ended instead; the message is what it said last
    void startEngine(String location) throws IOException, InterruptedException {
        engine.startAndAwait(location, keyFile());
    }

    /// Deletes the file with the key: the engine needs it no more, and the person has it.
    void forgetKey() throws IOException {
        Files.deleteIfExists(keyFile());
    }
}
