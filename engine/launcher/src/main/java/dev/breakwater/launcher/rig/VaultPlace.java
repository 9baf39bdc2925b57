package dev.breakwater.launcher.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the rig's vault lies: a folder, or a container of an Azurite that runs as long as the place is open.
///
/// @param location as `vault create --location` takes it
/// @param environment what programs need to open it
/// @param azurite the emulator, if there is one
public record VaultPlace(
        String location,
        Map<String, String> environment,
        @Nullable AutoCloseable azurite) implements AutoCloseable {

    /// A folder.
    public static VaultPlace folder(Path folder) {
        return new VaultPlace(folder.toAbsolutePath().toString(), Map.of(), null);
    }

    /// A container of an Azurite of our own that keeps its blobs in the folder.
    public static VaultPlace azurite(Path folder) throws IOException, InterruptedException {
        Azurite azurite = Azurite.start(folder);
        return new VaultPlace(
                azurite.location("breakwater-demo"),
                Map.of("AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString()),
                azurite);
    }

    @Override
    public void close() {
        if (azurite instanceof Azurite running) {
            running.close();
        }
    }
}
