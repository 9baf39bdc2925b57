package dev.breakwater.vault.blob;

import dev.breakwater.testkit.Seed;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder as object store")
class FolderStoreTest extends ObjectStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected ObjectStore open() throws StoreException {
        return FolderStore.open(folder, Seed.orUsual(1).entropy());
    }
}
